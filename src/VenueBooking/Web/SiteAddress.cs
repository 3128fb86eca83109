using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace VenueBooking.Web;

/// <summary>
/// Absolute links, for mails and calendars. The site's address is <c>Site:BaseUrl</c>; unset, the address the service listens on.
/// Never the Host header: whoever sends the request chooses it, and could have our mail point to their site.
/// </summary>
public sealed class SiteAddress(IConfiguration configuration, IServer server, LinkGenerator links)
{
    const string Default = "http://localhost:5080";

    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Base => (configuration["Site:BaseUrl"] is { Length: > 0 } configured ? configured : Listening()).TrimEnd('/');

    /// <summary>The address of a page: <c>Page("/Accounts/Confirm", new { userId })</c>.</summary>
    public string Page(string page, object? values = null) =>
        Base + (links.GetPathByPage(page, values: values) ?? throw new InvalidOperationException($"there is no page {page}"));

    /// <summary>The address of an endpoint that has a name.</summary>
    public string Endpoint(string name, object? values = null) =>
        Base + (links.GetPathByName(name, values) ?? throw new InvalidOperationException($"there is no endpoint {name}"));

    string Listening()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return first is null ? Default : first.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("//*", "//localhost").Replace("//+", "//localhost");
    }
}

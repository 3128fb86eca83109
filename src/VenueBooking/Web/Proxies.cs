using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using VenueBooking.Startup;
using IPNetwork = System.Net.IPNetwork;

namespace VenueBooking.Web;

/// <summary>
/// Behind a proxy a request has the proxy's address and scheme; the caller's own stand in X-Forwarded-For and X-Forwarded-Proto. Anybody
/// can send these, so they count only where they come from an address or network that <c>Site:Proxies</c> names: none as shipped.
/// </summary>
static class Proxies
{
    const string Setting = "Site:Proxies";

    /// <summary>Before everything else: rate limits, the audit log, secure cookies and HSTS go by what it finds out.</summary>
    public static void UseProxies(this WebApplication app)
    {
        var named = Named(app.Configuration.GetSection(Setting));
        // With none named, the framework's own part would believe everybody.
        if (named.Length == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // However many stand in a row: each has to be named.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in named.Select(Parse))
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>One text, or a list: an array in JSON, <c>Site__Proxies__0</c> and on in the environment.</summary>
    static string[] Named(IConfigurationSection setting) => [.. setting.GetChildren().Select(one => one.Value).Prepend(setting.Value)
        .SelectMany(text => (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))];

    static IPNetwork Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw StartupProblems.Configuration($"{Setting} names addresses and networks (10.1.2.3, 10.0.0.0/8), and '{text}' is neither");
}

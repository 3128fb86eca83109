using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Accounts;

namespace VenueBooking.Tests.Guards;

/// <summary>Every address of the service, knocked at by everybody.</summary>
public sealed partial class AccessTests(AppLease lease) : AppTest(lease)
{
    const string LoginPage = "/account/login";

    [Fact]
    public void Every_endpoint_says_who_may_come_in()
    {
        var silent = Endpoints().Where(e =>
            e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetOrderedMetadata<IAuthorizeData>().All(a => a.Policy is null));

        Assert.Empty(silent.Select(e => e.DisplayName).Distinct());
    }

    [Fact]
    public async Task Each_role_reaches_what_the_table_says_and_nothing_else()
    {
        var wrong = new List<string>();
        foreach (var role in Roles.All.Prepend(null))
        {
            var knock = await KnockerAsync(role);
            foreach (var (method, route) in Addresses())
            {
                var mayEnter = Access.Of(route).Admits(role);
                var answer = await knock(method, route);
                if (answer.Entered != mayEnter)
                    wrong.Add($"{role ?? "nobody"} {method} {route}: {(mayEnter ? "should be let in" : "should be kept out")}, got {answer.What}");
                if (answer.What >= HttpStatusCode.InternalServerError)
                    wrong.Add($"{role ?? "nobody"} {method} {route}: {answer.What}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    IEnumerable<RouteEndpoint> Endpoints() => App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    IEnumerable<(HttpMethod Method, string Route)> Addresses() =>
        from endpoint in Endpoints()
        let route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        where !IsFile(endpoint) && !route.Contains("{*", StringComparison.Ordinal)
        from method in Methods(endpoint)
        group (method, route) by $"{method} {route}" into same
        orderby same.Key
        select same.First();

    static IEnumerable<HttpMethod> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named
            ? named.Where(m => m is not ("HEAD" or "OPTIONS")).Select(m => new HttpMethod(m))
            : [HttpMethod.Get, HttpMethod.Post];

    // Static files are anybody's and many.
    static bool IsFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(m => m.GetType().Name.StartsWith("StaticAsset", StringComparison.Ordinal));

    async Task<Func<HttpMethod, string, Task<(bool Entered, HttpStatusCode What)>>> KnockerAsync(string? role)
    {
        var user = role is null ? null : await Make.User(roles: role);
        var api = (await App.ApiAs(user)).Http;
        var pages = user is null ? App.Visitor() : await App.SignedInAs(user);
        return async (method, route) =>
        {
            using var request = new HttpRequestMessage(method, Filled(route));
            if (!route.StartsWith("/api/", StringComparison.Ordinal)) pages.Cookies.Apply(request);
            else if (method != HttpMethod.Get) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await (route.StartsWith("/api/", StringComparison.Ordinal) ? api : pages.Http)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var sentAway = response.Headers.Location?.ToString().Contains(LoginPage, StringComparison.Ordinal) == true;
            var refused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
            // The sign-in API itself answers 401 to wrong credentials.
            var ownRefusal = Access.Of(route).Contains(Access.Anyone);
            return (ownRefusal ? !sentAway || route.StartsWith("/account/", StringComparison.Ordinal) : !sentAway && !refused, response.StatusCode);
        };
    }

    static string Filled(string route) => Parameter().Replace(route, match => match.Value switch
    {
        var p when p.Contains(":guid", StringComparison.Ordinal) => "01900000-0000-7000-8000-00000000000f",
        var p when p.Contains(":int", StringComparison.Ordinal) => "1",
        _ => "x",
    });

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}

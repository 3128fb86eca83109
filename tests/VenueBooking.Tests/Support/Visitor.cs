using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace VenueBooking.Tests.Support;

/// <summary>Somebody with a browser: keeps cookies, follows redirects, fills in forms by their labels.</summary>
public sealed class Visitor
{
    const int MostRedirects = 8;
    readonly HttpClient http;

    internal Visitor(App app, string language)
    {
        http = app.CreateClient(new WebApplicationFactoryClientOptions
        {
            BaseAddress = new("https://localhost"),
            AllowAutoRedirect = false,
            HandleCookies = false,
        });
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        http.DefaultRequestHeaders.Add("Accept-Language", language);
    }

    public CookieJar Cookies { get; } = new();

    /// <summary>Without cookies and without following redirects.</summary>
    internal HttpClient Http => http;

    /// <summary>Opens an address and follows where it leads.</summary>
    public Task<WebPage> Get(string path) => Send(() => new(HttpMethod.Get, path));

    /// <summary>Asks for a fragment, as htmx does.</summary>
    public Task<WebPage> GetFragment(string path) => Send(() => AsHtmx(new(HttpMethod.Get, path)));

    /// <summary>Sends what a form would not: fields of one's own choice, no token unless given.</summary>
    public Task<WebPage> Post(string path, params (string Name, string Value)[] fields) => Send(() => new(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    internal static HttpRequestMessage AsHtmx(HttpRequestMessage request)
    {
        request.Headers.Add("HX-Request", "true");
        return request;
    }

    internal async Task<WebPage> Send(Func<HttpRequestMessage> make)
    {
        var request = make();
        for (var redirects = 0; ; redirects++)
        {
            if (!request.RequestUri!.IsAbsoluteUri) request.RequestUri = new(http.BaseAddress!, request.RequestUri);
            var address = request.RequestUri;
            Cookies.Apply(request);
            var response = await http.SendAsync(request);
            Cookies.Take(response);
            if (response.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.MovedPermanently
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || response.Headers.Location is not { } next)
                return await WebPage.ReadAsync(this, address, response, redirects > 0);
            if (redirects == MostRedirects) throw new InvalidOperationException($"{address} redirects without end");
            if (!next.IsAbsoluteUri) next = new(address, next);
            if (next.Host != "localhost") return await WebPage.ReadAsync(this, next, response, redirected: true);
            request = new(HttpMethod.Get, next);
        }
    }
}

/// <summary>A browser's cookies. They do not expire by the machine's clock: the service has another one here.</summary>
public sealed class CookieJar
{
    readonly Dictionary<string, string> cookies = [];

    public string? this[string name] => cookies.GetValueOrDefault(name);

    public void Add((string Name, string Value) cookie) => cookies[cookie.Name] = cookie.Value;

    public void Remove(string name) => cookies.Remove(name);

    public void Clear() => cookies.Clear();

    internal void Apply(HttpRequestMessage request)
    {
        if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
    }

    internal void Take(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines)) return;
        foreach (var line in lines)
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0) cookies.Remove(pair[0]);
            else cookies[pair[0]] = pair[1];
        }
    }
}

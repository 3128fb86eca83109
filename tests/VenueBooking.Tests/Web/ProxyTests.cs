using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Web;

/// <summary>Behind a proxy: whose word on a caller's address and scheme counts.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    const string Stranger = "172.20.0.5";

    App app = null!;
    WebApplicationFactory<Program> behind = null!;

    public async Task InitializeAsync()
    {
        app = await App.StartAsync();
        behind = Behind(("Site:Proxies", "10.0.0.0/8, 192.168.7.7"));
    }

    public async Task DisposeAsync()
    {
        await behind.DisposeAsync();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("10.3.2.1", "203.0.113.7")]
    [InlineData("192.168.7.7", "203.0.113.7")]
    [InlineData("::ffff:10.3.2.1", "203.0.113.7")]
    [InlineData("10.3.2.1", "203.0.113.7, 192.168.7.7")]
    [InlineData("10.3.2.1", "198.51.100.99, 203.0.113.7")]
    public async Task What_a_named_proxy_says_of_its_caller_counts_and_no_more_than_that(string proxy, string forwarded)
    {
        var answer = await StaffLookAsync(proxy, forwarded);

        // The sign-in cookie of https was taken, though the proxy speaks http to us.
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("203.0.113.7", await app.Scalar<string>("select host(address) from audit_entries where action = 'notice.list'"));
    }

    [Fact]
    public async Task Proxies_named_in_a_list_count_as_those_in_one_text_do()
    {
        await behind.DisposeAsync();
        behind = Behind(("Site:Proxies:0", "10.0.0.0/8"), ("Site:Proxies:1", "192.168.7.7"));

        Assert.Equal(HttpStatusCode.OK, (await StaffLookAsync("192.168.7.7", "203.0.113.7, 10.3.2.1")).StatusCode);
        Assert.Equal("203.0.113.7", await app.Scalar<string>("select host(address) from audit_entries where action = 'notice.list'"));
    }

    [Theory, InlineData(Stranger), InlineData("192.168.7.8"), InlineData("::1")]
    public async Task What_anybody_else_says_does_not(string peer)
    {
        var answer = await StaffLookAsync(peer, "203.0.113.7");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(0L, await app.Scalar<long>("select count(*) from audit_entries"));
    }

    [Fact]
    public async Task People_behind_a_proxy_have_a_limit_each_and_a_stranger_gets_no_second_one_by_a_header()
    {
        Assert.Equal(401, await SignInAsync("10.3.2.1", "203.0.113.7"));
        Assert.Equal(401, await SignInAsync("10.3.2.1", "203.0.113.7"));
        Assert.Equal(429, await SignInAsync("10.3.2.1", "203.0.113.7"));
        Assert.Equal(401, await SignInAsync("10.3.2.1", "203.0.113.8"));

        Assert.Equal(401, await SignInAsync(Stranger, "203.0.113.1"));
        Assert.Equal(401, await SignInAsync(Stranger, "203.0.113.2"));
        Assert.Equal(429, await SignInAsync(Stranger, "203.0.113.3"));
    }

    WebApplicationFactory<Program> Behind(params (string Name, string Value)[] settings) => app.WithWebHostBuilder(host =>
    {
        foreach (var (name, value) in settings)
            host.UseSetting(name, value);
        host.UseSetting("RateLimits:SignIn:Permits", "2").ConfigureServices(services => services.AddTransient<IStartupFilter, Peer>());
    });

    async Task<HttpResponseMessage> StaffLookAsync(string peer, string forwarded)
    {
        var (name, value) = await Tickets.CookieAsync(app, await app.Make.Staff(), twoFactor: true);
        var request = new HttpRequestMessage(HttpMethod.Get, "/staff/notices");
        request.Headers.Add("Cookie", $"{name}={value}");
        return await SendAsync(request, peer, forwarded);
    }

    async Task<int> SignInAsync(string peer, string forwarded) => (int)(await SendAsync(
        new(HttpMethod.Post, "/api/v1/auth/login") { Content = JsonContent.Create(new { email = "nobody@test.example", password = "x" }) }, peer, forwarded)).StatusCode;

    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string peer, string forwarded)
    {
        request.Headers.Add(Peer.Header, peer);
        request.Headers.Add("X-Forwarded-For", forwarded);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return behind.CreateClient(new() { BaseAddress = new("http://localhost"), AllowAutoRedirect = false, HandleCookies = false }).SendAsync(request);
    }

    /// <summary>Who is at the other end of the line: in this process there is no line.</summary>
    sealed class Peer : IStartupFilter
    {
        public const string Header = "Test-Peer";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => builder =>
        {
            builder.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[Header].ToString());
                return following(context);
            });
            next(builder);
        };
    }
}

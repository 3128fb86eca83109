using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VenueBooking.Accounts;

namespace VenueBooking.Tests.Support;

/// <summary>Real tickets of the running host, without the trouble of a form and a password hash for every test.</summary>
public static class Tickets
{
    public static async Task<(string Name, string Value)> CookieAsync(App app, AppUser user, bool twoFactor)
    {
        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var principal = await PrincipalAsync(app, user, twoFactor);
        var ticket = new AuthenticationTicket(principal, Lifetime(app, TimeSpan.FromDays(1)), IdentityConstants.ApplicationScheme);
        return Written(options, options.TicketDataFormat.Protect(ticket), app.ClientOptions.BaseAddress.Scheme);
    }

    /// <summary>The cookie's real name is the service's affair: it may depend on the scheme.</summary>
    static (string Name, string Value) Written(CookieAuthenticationOptions options, string value, string scheme)
    {
        var context = new DefaultHttpContext { Request = { Scheme = scheme } };
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, value, new());
        var pair = context.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2);
        return (pair[0], pair[1]);
    }

    public static async Task<string> BearerAsync(App app, AppUser user, bool twoFactor)
    {
        var options = app.Services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(IdentityConstants.BearerScheme);
        var principal = await PrincipalAsync(app, user, twoFactor);
        return options.BearerTokenProtector.Protect(
            new(principal, Lifetime(app, TimeSpan.FromDays(1)), $"{IdentityConstants.BearerScheme}:AccessToken"));
    }

    static async Task<ClaimsPrincipal> PrincipalAsync(App app, AppUser user, bool twoFactor)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<AppUser>>().CreateAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new("amr", twoFactor ? "mfa" : "pwd"));
        return principal;
    }

    static AuthenticationProperties Lifetime(App app, TimeSpan span) =>
        new() { IssuedUtc = app.Now, ExpiresUtc = app.Now + span, IsPersistent = true };
}

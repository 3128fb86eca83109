using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The session cookie: its name, its life, and where those without one are led.</summary>
static class AccountCookies
{
    public static IServiceCollection AddAccountCookies(this IServiceCollection services)
    {
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "session";
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
            options.LoginPath = "/account/login";
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnRedirectToLogin = ToSignIn;
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options => options.Cookie.Name = "second-step");
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorRememberMeScheme, options => options.Cookie.Name = "known-device");
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ExternalScheme, options => options.Cookie.Name = "external");
        services.ConfigureAll<CookieAuthenticationOptions>(options =>
        {
            options.CookieManager = new HostCookies();
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services;
    }

    static Task ToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var way = QueryString.Create(context.Options.ReturnUrlParameter, context.HttpContext.PageAskedFrom());
        if (!context.Request.OnlyLooks())
            way = way.Add(LoginModel.UnsentParameter, "true");
        Lead(context.HttpContext, context.Request.PathBase + context.Options.LoginPath + way);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Redirects; htmx, which would put the other page into a fragment of this one, is told to go there instead. But not from a form that
    /// is being filled in: what stands in it would be lost.
    /// </summary>
    public static void Lead(HttpContext context, string url)
    {
        if (!context.Request.IsHtmx())
        {
            context.Response.Redirect(url);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (context.Request.OnlyLooks())
            context.Response.Headers["HX-Redirect"] = url;
    }
}

/// <summary>
/// On https every cookie of ours is a <c>__Host-</c> one, which a browser takes only when Secure and for this host alone. On plain
/// http (localhost) browsers refuse that name, so the plain one is used.
/// </summary>
sealed class HostCookies : ICookieManager
{
    readonly ChunkingCookieManager chunks = new();

    static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;

    public string? GetRequestCookie(HttpContext context, string key) => chunks.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        chunks.AppendResponseCookie(context, Name(context, key), value, ForHost(options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        chunks.DeleteCookie(context, Name(context, key), ForHost(options));

    static CookieOptions ForHost(CookieOptions options)
    {
        (options.Path, options.Domain) = ("/", null);
        return options;
    }
}

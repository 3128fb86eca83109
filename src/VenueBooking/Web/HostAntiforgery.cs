using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace VenueBooking.Web;

/// <summary>
/// Antiforgery, its cookie a <c>__Host-</c> one on https as the sign-in cookies are (no neighbouring host can plant it), and plain on
/// http, where browsers refuse that name. The framework has one name for all requests, so there are two of it.
/// </summary>
sealed class HostAntiforgery(IAntiforgery onHttps, IAntiforgery onHttp) : IAntiforgery
{
    public const string Header = "X-CSRF-Token", Cookie = "csrf";

    IAntiforgery For(HttpContext context) => context.Request.IsHttps ? onHttps : onHttp;

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => For(httpContext).GetAndStoreTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => For(httpContext).GetTokens(httpContext);

    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => For(httpContext).IsRequestValidAsync(httpContext);

    public Task ValidateRequestAsync(HttpContext httpContext) => For(httpContext).ValidateRequestAsync(httpContext);

    public void SetCookieTokenAndHeader(HttpContext httpContext) => For(httpContext).SetCookieTokenAndHeader(httpContext);
}

static class HostAntiforgeryModule
{
    public static IServiceCollection AddHostAntiforgery(this IServiceCollection services) => services
        .AddAntiforgery()
        .AddSingleton<IAntiforgery>(all => new HostAntiforgery(
            Make(all, "__Host-" + HostAntiforgery.Cookie, CookieSecurePolicy.Always), Make(all, HostAntiforgery.Cookie, CookieSecurePolicy.None)));

    /// <summary>The framework's own, of the same keys.</summary>
    static IAntiforgery Make(IServiceProvider all, string cookie, CookieSecurePolicy secure) => new ServiceCollection()
        .AddSingleton(all.GetRequiredService<IDataProtectionProvider>())
        .AddSingleton(all.GetRequiredService<ILoggerFactory>())
        .AddLogging()
        .AddAntiforgery(options =>
        {
            options.HeaderName = HostAntiforgery.Header;
            (options.Cookie.Name, options.Cookie.SecurePolicy, options.Cookie.Path) = (cookie, secure, "/");
        })
        .BuildServiceProvider().GetRequiredService<IAntiforgery>();
}

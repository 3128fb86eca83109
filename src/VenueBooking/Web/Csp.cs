using System.Security.Cryptography;

namespace VenueBooking.Web;

/// <summary>Every page carries a Content-Security-Policy with a nonce of its own: nothing runs that we did not write.</summary>
public static class Csp
{
    static readonly object Key = new();

    public static string Nonce(this HttpContext context)
    {
        if (context.Items[Key] is string made)
            return made;
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[Key] = nonce;
        return nonce;
    }

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()";
            // A document that is no page of ours (a mail that is looked at) brings a policy of its own.
            if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true && headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = Policy(context.Nonce());
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    static string Policy(string nonce) =>
        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; " +
        "media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; " +
        "form-action 'self'; frame-ancestors 'none'";
}

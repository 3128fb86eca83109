using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;

namespace VenueBooking.Web;

/// <summary>
/// A form that was refused for its token: since its page was opened one has signed in or out, in another tab perhaps, or the token's cookie is
/// gone. The error page says so and, asking first, can send it once more with all that was filled in, if one is who one was: what
/// another person left half filled in on a computer that many use is not sent in one's own name.
/// </summary>
public static class StaleForm
{
    const string TokenPurpose = "Microsoft.AspNetCore.Antiforgery.AntiforgeryToken.v1";
    const int TokenHead = 1 + 16;

    static readonly object Mark = new();

    public static IServiceCollection AddStaleForms(this IServiceCollection services) =>
        services.Configure<MvcOptions>(options => options.Filters.Add<Noticed>());

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Mark);

    /// <summary>
    /// What can be sent once more; null where that would be another site's doing, where somebody else had opened the form, or where there
    /// are files, which no page can give back. Passwords, known by the names of their fields, stay out of the page.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Sendable(HttpContext context) =>
        Is(context) && FromThisSiteAttribute.IsSaidBy(context.Request) && FormOf(context) is { Files.Count: 0 } form && IsOwn(context, form) == true
            ? [.. form.Where(field => IsKept(field.Key)).SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""))]
            : null;

    /// <summary>Whether the form is of a page that somebody else opened, or oneself before signing in or out.</summary>
    public static bool IsAnothers(HttpContext context) => Is(context) && FormOf(context) is { } form && IsOwn(context, form) == false;

    static IFormCollection? FormOf(HttpContext context) => context.Features.Get<IFormFeature>()?.Form;

    /// <summary>Null where its token says nothing.</summary>
    static bool? IsOwn(HttpContext context, IFormCollection form) =>
        Whose(context, form[HostAntiforgery.Field].ToString()) is { } opener
        && Whose(context, context.RequestServices.GetRequiredService<IAntiforgery>().GetTokens(context).RequestToken ?? "") is { } now
            ? opener.AsSpan().SequenceEqual(now) : null;

    /// <summary>
    /// Of a token what says whose it is: all that follows its version and its secret. The framework keeps that to itself; were it to
    /// change, no form would be its sender's own, and none sent on.
    /// </summary>
    static byte[]? Whose(HttpContext context, string token)
    {
        try
        {
            var protector = context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(TokenPurpose);
            return protector.Unprotect(WebEncoders.Base64UrlDecode(token)) is { Length: > TokenHead } plain ? plain[TokenHead..] : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    static bool IsKept(string name) => name != HostAntiforgery.Field && !name.Contains("password", StringComparison.OrdinalIgnoreCase);

    sealed class Noticed : IAlwaysRunResultFilter
    {
        public void OnResultExecuting(ResultExecutingContext context)
        {
            if (context.Result is IAntiforgeryValidationFailedResult)
                context.HttpContext.Items[Mark] = true;
        }

        public void OnResultExecuted(ResultExecutedContext context)
        {
        }
    }
}

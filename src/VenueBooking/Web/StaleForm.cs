using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace VenueBooking.Web;

/// <summary>
/// A form that was refused for its token: since its page was opened one has signed in or out, in another tab perhaps, or the token's cookie is
/// gone. The error page says so and, asking first, can send it as who one is now, with all that was filled in.
/// </summary>
public static class StaleForm
{
    static readonly object Mark = new();

    public static IServiceCollection AddStaleForms(this IServiceCollection services) =>
        services.Configure<MvcOptions>(options => options.Filters.Add<Noticed>());

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Mark);

    /// <summary>
    /// What can be sent once more; null where that would be another site's doing, or where there are files, which no page can give back.
    /// Passwords, known by the names of their fields, stay out of the page.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Sendable(HttpContext context) =>
        Is(context) && context.Request.IsFromThisSite() && context.Features.Get<IFormFeature>()?.Form is { Files.Count: 0 } form
            ? [.. form.Where(field => IsKept(field.Key)).SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""))]
            : null;

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

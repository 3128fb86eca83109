using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace VenueBooking.Web;

/// <summary>
/// A form that was refused for its token: since its page was opened one has signed in or out, in another tab perhaps, or the token's cookie is
/// gone. The error page says so. It does not offer to send the form as who one is now: on a computer that many use it may be another's.
/// </summary>
public static class StaleForm
{
    static readonly object Mark = new();

    public static IServiceCollection AddStaleForms(this IServiceCollection services) =>
        services.Configure<MvcOptions>(options => options.Filters.Add<Noticed>());

    public static bool Is(HttpContext context) => context.Items.ContainsKey(Mark);

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

using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Routing;

namespace VenueBooking.Accounts;

/// <summary>
/// On the pages where one signs in. A form sent once more after it did so (two clicks, the way back) has the token of who one was
/// before, and is refused before its page is asked. As one is signed in by now, it leads on as it did the first time; nothing is
/// done again. Where somebody else's address is in it, it stays refused: nobody is to go on as another without a word.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LeadOnAttribute : Attribute, IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        var http = context.HttpContext;
        if (context.Result is not IAntiforgeryValidationFailedResult || http.User.Identity?.IsAuthenticated != true || IsAnothers(http))
            return;
        var url = http.RequestServices.GetRequiredService<IUrlHelperFactory>().GetUrlHelper(context);
        context.Result = new LocalRedirectResult(url.WayBack(Asked(http)));
    }

    public void OnResultExecuted(ResultExecutedContext context) { }

    static bool IsAnothers(HttpContext http) =>
        (string?)Sent(http)?["Email"] is { Length: > 0 } typed && !string.Equals(typed.Trim(), http.User.Identity?.Name, StringComparison.OrdinalIgnoreCase);

    static IFormCollection? Sent(HttpContext http) => http.Features.Get<IFormFeature>()?.Form;

    /// <summary>From the address or, where looking for the token has read it, from the form.</summary>
    static string? Asked(HttpContext http) =>
        (string?)http.Request.Query["returnUrl"] ?? Sent(http)?["ReturnUrl"];
}

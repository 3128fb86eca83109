using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace VenueBooking.Web;

/// <summary>
/// On a page whose form means the same whoever one is. A token is of who one was when the page was opened, and refused once one has
/// signed in or out in another tab; here it is enough that the form stands on this site, so one gets what one pressed. Browsers
/// that do not say where a form stood need the token.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FromThisSiteAttribute : Attribute, IAsyncAuthorizationFilter, IAntiforgeryPolicy
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (!await IsGoodAsync(context.HttpContext))
            context.Result = new AntiforgeryValidationFailedResult();
    }

    /// <summary>
    /// Whether the browser says that what was sent stood on a page of this site: another site cannot make it say so. (A service worker
    /// could, if it passed on the forms of others: ours leaves them alone.)
    /// </summary>
    public static bool IsSaidBy(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site ? site == "same-origin"
        : request.Headers.Origin.ToString() is { Length: > 0 } origin && origin == $"{request.Scheme}://{request.Host}";

    static async Task<bool> IsGoodAsync(HttpContext http)
    {
        try
        {
            // The token first: looking for it reads the form.
            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http) || IsSaidBy(http.Request);
        }
        catch (AntiforgeryValidationException)
        {
            // A form that cannot be read.
            return false;
        }
    }
}

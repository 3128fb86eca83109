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

    static async Task<bool> IsGoodAsync(HttpContext http)
    {
        try
        {
            // The token first: looking for it reads the form.
            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http) || http.Request.IsFromThisSite();
        }
        catch (AntiforgeryValidationException)
        {
            // A form that cannot be read.
            return false;
        }
    }
}

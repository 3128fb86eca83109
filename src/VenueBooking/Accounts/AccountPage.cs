using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>What the accounts' pages share: the way back, and how they say what is wrong.</summary>
public static class AccountPage
{
    /// <summary>Only an address of this site is a way back; anything else leads home.</summary>
    public static string WayBack(this PageModel page, string? returnUrl) => page.Url.WayBack(returnUrl);

    public static string WayBack(this IUrlHelper url, string? returnUrl) => url.IsLocalUrl(returnUrl) ? returnUrl! : url.Content("~/");

    public static void Refuse(this PageModel page, Texts texts, string code, string? field = null, params object[] args) =>
        page.ModelState.AddRefusal(texts, Refusal.Invalid(code, field, args));

    /// <summary>Identity's refusals come in the person's language already; here each finds its field.</summary>
    public static void Refuse(this PageModel page, IdentityResult result, string passwordField = "Password")
    {
        foreach (var error in result.Errors.DistinctBy(e => e.Code))
            page.ModelState.AddModelError(
                error.Code.StartsWith("Password", StringComparison.Ordinal) ? passwordField : error.Code.EndsWith("Email", StringComparison.Ordinal) ? "Email" : "",
                error.Description);
    }

    public static PageResult Refused(this PageModel page, Texts texts, Refusal refusal)
    {
        page.ModelState.AddRefusal(texts, refusal);
        return new() { StatusCode = refusal.Status };
    }

    /// <summary>The form again, with what is wrong: 422, so that nobody takes it for done.</summary>
    public static PageResult Again(this PageModel page) => new() { StatusCode = StatusCodes.Status422UnprocessableEntity };
}

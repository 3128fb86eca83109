using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Ends whichever session is this browser's by now, be it not the one in which the page was opened: who presses here wants nobody to
/// be signed in when they leave, and nothing is lost by it.
/// </summary>
[AllowAnonymous, FromThisSite]
public sealed class LogoutModel(SignInManager<AppUser> signIn) : PageModel
{
    /// <summary>A visit by address changes nothing: it shows the button.</summary>
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        return LocalRedirect("~/");
    }
}

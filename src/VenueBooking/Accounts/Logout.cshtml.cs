using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Accounts;

[AllowAnonymous, LeadOn(signedIn: false)]
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

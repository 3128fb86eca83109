using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>A new password. All other sessions end with it.</summary>
[Authorize(Policy = Policies.SignedIn), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class ChangePasswordModel(AppUsers users, AppSignIn signIn, Credentials credentials, Texts texts) : PageModel
{
    [BindProperty] public string? CurrentPassword { get; set; }
    [BindProperty] public string? Password { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        var changed = await credentials.ChangePasswordAsync(who, CurrentPassword, Password);
        if (changed.Refusal is { } refusal)
            return this.Refused(texts, refusal);
        if (!changed.Value!.Succeeded)
        {
            this.Refuse(changed.Value);
            return this.Again();
        }
        await signIn.RefreshSignInAsync(who);
        this.Flash(texts["password_changed"]);
        return RedirectToPage("/Accounts/Security");
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>A new password. All other sessions end with it.</summary>
[Authorize(Policy = Policies.SignedIn), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class ChangePasswordModel(AppUsers users, AppSignIn signIn, AccountMail mail, AppDb db, Texts texts) : PageModel
{
    [BindProperty] public string? Current { get; set; }
    [BindProperty] public string? Password { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        if (string.IsNullOrEmpty(Password) || Password.Length > 200)
            this.Refuse(texts, string.IsNullOrEmpty(Password) ? "password_missing" : "password_too_long", nameof(Password), 200);
        else if (!await users.ProvePasswordAsync(who, Current))
            this.Refuse(texts, "password_wrong", nameof(Current));
        if (!ModelState.IsValid)
            return this.Again();
        mail.PasswordChanged(who);
        var changed = await users.ChangePasswordAsync(who, Current!, Password!);
        if (!changed.Succeeded)
        {
            db.ChangeTracker.Clear();
            this.Refuse(changed);
            return this.Again();
        }
        await signIn.RefreshSignInAsync(who);
        this.Flash(texts["password_changed"]);
        return RedirectToPage("/Accounts/Security");
    }
}

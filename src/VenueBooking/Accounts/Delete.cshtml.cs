using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The last step: the password, and then nothing of the person is left.</summary>
[Authorize(Policy = Policies.SignedIn), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class DeleteModel(AppUsers users, AppSignIn signIn, DeleteAccount deletion, Texts texts) : PageModel
{
    [BindProperty] public string? Password { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        if ((await users.ProvePasswordAsync(who, Password) ?? (await deletion.HandleAsync(who, ct)).Refusal) is { } refusal)
            return this.Refused(texts, refusal);
        await signIn.SignOutAsync();
        return RedirectToPage("/Accounts/Deleted");
    }
}

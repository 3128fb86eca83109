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

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        if (!await users.ProvePasswordAsync(who, Password))
        {
            this.Refuse(texts, "password_wrong", nameof(Password));
            return this.Again();
        }
        var outcome = await deletion.HandleAsync(who, cancel);
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddRefusal(texts, refusal);
            return new PageResult { StatusCode = refusal.Status };
        }
        await signIn.SignOutAsync();
        return RedirectToPage("/Accounts/Deleted");
    }
}

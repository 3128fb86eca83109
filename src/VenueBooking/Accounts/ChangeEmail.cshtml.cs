using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>A new address takes effect when confirmed from there; until then the old one stands.</summary>
[Authorize(Policy = Policies.SignedIn), EnableRateLimiting(RateLimits.Mail)]
[ResponseCache(NoStore = true)]
public sealed class ChangeEmailModel(AppUsers users, Credentials credentials, Texts texts) : PageModel
{
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Password { get; set; }
    public string Now { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        Now = who.Email!;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        (Now, Email) = (who.Email!, Email?.Trim());
        if ((await credentials.AskForAddressAsync(who, Email, Password, ct)).Refusal is { } refusal)
            return this.Refused(texts, refusal);
        this.Flash(texts["email_change_asked", Email!]);
        return RedirectToPage("/Accounts/Security");
    }
}

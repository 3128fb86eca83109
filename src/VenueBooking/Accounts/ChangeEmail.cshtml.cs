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
public sealed class ChangeEmailModel(AppUsers users, AccountMail mail, Texts texts) : PageModel
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

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        (Now, Email) = (who.Email!, Email?.Trim());
        if (!AccountPage.IsAddress(Email))
            this.Refuse(texts, "email_invalid", nameof(Email));
        else if (string.Equals(Email, Now, StringComparison.OrdinalIgnoreCase))
            this.Refuse(texts, "email_same", nameof(Email));
        if (!await users.ProvePasswordAsync(who, Password))
            this.Refuse(texts, "password_wrong", nameof(Password));
        if (!ModelState.IsValid)
            return this.Again();
        // Whether the address is taken shows when it is confirmed: asking here would tell who has an account.
        await mail.ConfirmNewAddressAsync(who, Email!, cancel);
        this.Flash(texts["email_change_asked", Email!]);
        return RedirectToPage("/Accounts/Security");
    }
}

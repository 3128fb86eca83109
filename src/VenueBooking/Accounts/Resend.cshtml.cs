using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The mail that confirms an address, once more.</summary>
[AllowAnonymous, FromThisSite, EnableRateLimiting(RateLimits.Mail)]
public sealed class ResendModel(UserManager<AppUser> users, AccountMail mail, Texts texts) : PageModel
{
    [BindProperty] public string? Email { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Addresses.WhyNot(Email?.Trim()) is { } refusal)
            return this.Refused(texts, refusal);
        if (await users.FindByEmailAsync(Email!.Trim()) is { EmailConfirmed: false } user)
            await mail.ConfirmAsync(user, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null, ct);
        return RedirectToPage("/Accounts/CheckMail", new { why = "register", ReturnUrl });
    }
}

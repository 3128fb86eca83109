using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

[AllowAnonymous, FromThisSite, EnableRateLimiting(RateLimits.Mail)]
public sealed class ForgotModel(UserManager<AppUser> users, AccountMail mail, Texts texts) : PageModel
{
    [BindProperty] public string? Email { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Addresses.WhyNot(Email?.Trim()) is { } refusal)
            return this.Refused(texts, refusal);
        if (await users.FindByEmailAsync(Email!.Trim()) is { } user)
            await mail.ResetAsync(user, ct);
        return RedirectToPage("/Accounts/CheckMail", new { why = "reset" });
    }
}

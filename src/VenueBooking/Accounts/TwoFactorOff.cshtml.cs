using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The last step before the code is no longer asked for: the password, and what it means.</summary>
[Authorize(Policy = Policies.SetUp), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class TwoFactorOffModel(AppUsers users, AppSignIn signIn, SecondFactors factors, Texts texts) : PageModel
{
    [BindProperty] public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await users.GetUserAsync(User) is { TwoFactorEnabled: true } who && await factors.MayChangeAsync(who) ? Page() : RedirectToPage("/Accounts/TwoFactor");

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { TwoFactorEnabled: true } who)
            return RedirectToPage("/Accounts/TwoFactor");
        if ((await factors.TurnOffAsync(who, Password)).Refusal is { } refusal)
            return this.Refused(texts, refusal);
        await signIn.RefreshSignInAsync(who);
        this.Flash(texts["two_factor_is_off"]);
        return RedirectToPage("/Accounts/TwoFactor");
    }
}

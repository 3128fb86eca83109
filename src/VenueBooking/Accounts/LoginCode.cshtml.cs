using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The second step of signing in: the code of the authenticator app.</summary>
[AllowAnonymous, LeadOn, EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class LoginCodeModel(SignInManager<AppUser> signIn, Texts texts) : PageModel
{
    [BindProperty] public string? Code { get; set; }
    [BindProperty(SupportsGet = true)] public bool Stay { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/Accounts/Login", new { ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is null)
            return RedirectToPage("/Accounts/Login", new { ReturnUrl });
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(Totp.Clean(Code), Stay, rememberClient: false);
        if (result.Succeeded)
            return LocalRedirect(this.WayBack(ReturnUrl));
        if (result.IsLockedOut)
            return RedirectToPage("/Accounts/Lockout");
        this.Refuse(texts, "code_wrong", nameof(Code));
        return this.Again();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Sign in by password, or by passkey.</summary>
[AllowAnonymous, LeadOn, EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class LoginModel(PasswordSignIn passwords, PasskeySignIn passkeys, Texts texts) : PageModel
{
    /// <summary>Says in the address that a form was sent and could not be taken, because nobody was signed in any more.</summary>
    public const string UnsentParameter = "unsent";

    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty] public bool Stay { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty] public string? Credential { get; set; }
    [BindProperty(SupportsGet = true, Name = UnsentParameter)] public bool IsUnsent { get; set; }
    public bool IsUnconfirmed { get; private set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(this.WayBack(ReturnUrl)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Email))
            this.Refuse(texts, "email_missing", nameof(Email));
        if (string.IsNullOrEmpty(Password))
            this.Refuse(texts, "password_missing", nameof(Password));
        if (!ModelState.IsValid)
            return this.Again();
        switch (await passwords.TryAsync(Email!.Trim(), Password!, Stay))
        {
            case PasswordAnswer.SignedIn:
                return LocalRedirect(this.WayBack(ReturnUrl));
            case PasswordAnswer.CodeNeeded:
                return RedirectToPage("/Accounts/LoginCode", new { ReturnUrl, Stay });
            case PasswordAnswer.NotConfirmed:
                IsUnconfirmed = true;
                this.Refuse(texts, "email_not_confirmed");
                return this.Again();
            case PasswordAnswer.LockedByAdmin:
                this.Refuse(texts, AccountRefusals.LockedByAdmin.Code);
                return this.Again();
            default:
                this.Refuse(texts, "sign_in_wrong");
                return this.Again();
        }
    }

    /// <summary>What the browser needs to find a passkey of this site.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await passkeys.OptionsAsync(), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        if (await passkeys.TryAsync(Credential, Stay) is not { } refusal)
            return LocalRedirect(this.WayBack(ReturnUrl));
        this.Refuse(texts, refusal.Code);
        return this.Again();
    }
}

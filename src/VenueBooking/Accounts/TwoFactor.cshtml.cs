using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Two-factor sign-in: set up by scanning a key and proving it with a code. Staff land here before anything else until they have it.
/// </summary>
[Authorize(Policy = Policies.SetUp), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class TwoFactorModel(AppUsers users, AppSignIn signIn, AccountMail mail, Texts texts) : PageModel
{
    const int RecoveryCodes = 10;

    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public AppUser Who { get; private set; } = null!;
    public string Key { get; private set; } = "";
    public int CodesLeft { get; private set; }
    public bool IsRequired => !TwoFactorRequirement.IsMetBy(User);
    /// <summary>A password alone must not be enough to swap the passkey for a factor of one's own.</summary>
    public bool MustUsePasskey { get; private set; }
    /// <summary>Shown once, right after they were made.</summary>
    public IReadOnlyList<string> NewCodes { get; private set; } = [];

    public string KeySpaced => Totp.Spaced(Key);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : await GoneAsync();

    /// <summary>The picture an app scans. Only while setting up: afterwards the key is shown to nobody.</summary>
    public async Task<IActionResult> OnGetQrAsync() => await LoadAsync() && Key.Length > 0
        ? Content(Totp.Svg(Totp.Uri(texts["site_name"], Who.Email!, Key)), "image/svg+xml")
        : NotFound();

    /// <summary>The key is in the app: prove it, and from now on it is asked for.</summary>
    public async Task<IActionResult> OnPostOnAsync()
    {
        if (!await LoadAsync())
            return await GoneAsync();
        if (MustUsePasskey || Who.TwoFactorEnabled)
            return RedirectToPage(new { ReturnUrl });
        if (!await users.VerifyTwoFactorTokenAsync(Who, users.Options.Tokens.AuthenticatorTokenProvider, Totp.Clean(Code)))
        {
            this.Refuse(texts, "code_wrong", nameof(Code));
            return this.Again();
        }
        // The stamp changes with it, which ends the sessions that were opened with the password alone.
        mail.Security(Who, "two_factor_on");
        await users.SetTwoFactorEnabledAsync(Who, true);
        NewCodes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(Who, RecoveryCodes) ?? []];
        await signIn.SignInProvedAsync(Who, stay: false);
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        if (!await LoadAsync())
            return await GoneAsync();
        if (!Who.TwoFactorEnabled)
            return RedirectToPage();
        if (!await PasswordIsRightAsync())
            return this.Again();
        NewCodes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(Who, RecoveryCodes) ?? []];
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync()
    {
        if (!await LoadAsync())
            return await GoneAsync();
        if (!Who.TwoFactorEnabled)
            return RedirectToPage();
        if (!await PasswordIsRightAsync())
            return this.Again();
        mail.Security(Who, "two_factor_off");
        await users.SetTwoFactorEnabledAsync(Who, false);
        await users.ResetAuthenticatorKeyAsync(Who);
        await signIn.RefreshSignInAsync(Who);
        this.Flash(texts["two_factor_is_off"]);
        return RedirectToPage();
    }

    async Task<bool> PasswordIsRightAsync()
    {
        if (await users.ProvePasswordAsync(Who, Password))
            return true;
        this.Refuse(texts, "password_wrong", nameof(Password));
        return false;
    }

    async Task<bool> LoadAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return false;
        Who = who;
        if (who.TwoFactorEnabled)
        {
            CodesLeft = await users.CountRecoveryCodesAsync(who);
            return true;
        }
        MustUsePasskey = !User.HasClaim(AppClaims.Method, AppClaims.Mfa) && (await users.GetPasskeysAsync(who)).Count > 0;
        if (!MustUsePasskey)
            Key = await users.GetAuthenticatorKeyAsync(who) ?? await NewKeyAsync(who);
        return true;
    }

    async Task<string> NewKeyAsync(AppUser who)
    {
        // A first key changes nothing yet for other sessions, so the stamp stays as it is.
        await users.KeepAuthenticatorKeyAsync(who, users.GenerateNewAuthenticatorKey());
        return (await users.GetAuthenticatorKeyAsync(who))!;
    }

    async Task<IActionResult> GoneAsync()
    {
        await signIn.SignOutAsync();
        return RedirectToPage("/Accounts/Login");
    }
}

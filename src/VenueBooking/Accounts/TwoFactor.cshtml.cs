using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Two-factor sign-in: set up by scanning a key and proving it with a code. Staff land here before anything else until they have it;
/// who has a passkey and came in by the password alone is asked for the passkey.
/// </summary>
[Authorize(Policy = Policies.SetUp), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class TwoFactorModel(AppUsers users, AppSignIn signIn, SecondFactors factors, Texts texts) : PageModel
{
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Password { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public AppUser Who { get; private set; } = null!;
    public string? Key { get; private set; }
    public int CodesLeft { get; private set; }
    public bool MayChange { get; private set; }
    public bool IsRequired => !TwoFactorRequirement.IsMetBy(User);
    /// <summary>Shown once, right after they were made.</summary>
    public IReadOnlyList<string> NewCodes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : await GoneAsync();

    /// <summary>The picture an app scans. Only while setting up: afterwards the key is shown to nobody.</summary>
    public async Task<IActionResult> OnGetQrAsync() => await LoadAsync() && Key is { } key
        ? Content(Totp.Svg(Totp.Uri(texts["site_name"], Who.Email!, key)), "image/svg+xml")
        : NotFound();

    public async Task<IActionResult> OnPostOnAsync()
    {
        if (!await LoadAsync())
            return await GoneAsync();
        if (Who.TwoFactorEnabled)
            return RedirectToPage(new { ReturnUrl });
        var codes = await factors.TurnOnAsync(Who, Code);
        if (!codes.IsRefused)
            await signIn.SignInProvedAsync(Who, stay: false);
        return await ShowAsync(codes);
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        if (!await LoadAsync())
            return await GoneAsync();
        return Who.TwoFactorEnabled ? await ShowAsync(await factors.NewCodesAsync(Who, Password)) : RedirectToPage();
    }

    async Task<IActionResult> ShowAsync(Outcome<string[]> codes)
    {
        if (codes.Refusal is { } refusal)
            return await LoadAsync() ? this.Refused(texts, refusal) : await GoneAsync();
        NewCodes = codes.Value!;
        return Page();
    }

    async Task<bool> LoadAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return false;
        (Who, MayChange) = (who, await factors.MayChangeAsync(who));
        CodesLeft = who.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(who) : 0;
        Key = await factors.KeyAsync(who);
        return true;
    }

    async Task<IActionResult> GoneAsync()
    {
        await signIn.SignOutAsync();
        return RedirectToPage("/Accounts/Login");
    }
}

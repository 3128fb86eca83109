using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>The last step before a passkey is gone: the password.</summary>
[Authorize(Policy = Policies.SetUp), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class PasskeyRemoveModel(AppUsers users, AppSignIn signIn, SecondFactors factors, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Id { get; set; }
    [BindProperty] public string? Password { get; set; }
    public UserPasskeyInfo Passkey { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindAsync() is not { } who)
            return NotFound();
        return await factors.MayChangeAsync(who) ? Page() : RedirectToPage("/Accounts/Passkeys");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } who)
            return NotFound();
        if ((await factors.RemovePasskeyAsync(who, Passkey.CredentialId, Password)).Refusal is { } refusal)
            return this.Refused(texts, refusal);
        await signIn.RefreshSignInAsync(who);
        this.Flash(texts["passkey_removed"]);
        return RedirectToPage("/Accounts/Passkeys");
    }

    async Task<AppUser?> FindAsync()
    {
        if (await users.GetUserAsync(User) is not { } who || (await users.GetPasskeysAsync(who)).FirstOrDefault(p => PasskeysModel.IdOf(p) == Id) is not { } passkey)
            return null;
        Passkey = passkey;
        return who;
    }
}

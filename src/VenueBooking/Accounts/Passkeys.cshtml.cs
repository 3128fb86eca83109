using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Passkeys: sign in by fingerprint, face or PIN of one's own device, with nothing to remember and nothing to steal.</summary>
[Authorize(Policy = Policies.SetUp), EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class PasskeysModel(AppUsers users, AppSignIn signIn, SecondFactors factors, Texts texts) : PageModel
{
    const int Most = 20, LongestName = 60;

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Credential { get; set; }
    public AppUser Who { get; private set; } = null!;
    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];
    public bool IsFull => Passkeys.Count >= Most;
    public bool MayChange { get; private set; }

    public static string IdOf(UserPasskeyInfo passkey) => Convert.ToHexString(passkey.CredentialId);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : Challenge();

    /// <summary>What the browser needs to make a key.</summary>
    public async Task<IActionResult> OnPostOptionsAsync()
    {
        if (!await LoadAsync())
            return Challenge();
        if (!MayChange || IsFull)
            return Forbid();
        var options = await signIn.MakePasskeyCreationOptionsAsync(new() { Id = Who.Id.ToString(), Name = Who.Email!, DisplayName = Who.DisplayName });
        return Content(options, "application/json");
    }

    public async Task<IActionResult> OnPostAddAsync()
    {
        if (!await LoadAsync())
            return Challenge();
        if (IsFull)
            return Forbid();
        if (await MakeAsync() is not { } passkey)
        {
            this.Refuse(texts, "passkey_failed");
            return this.Again();
        }
        passkey.Name = Clean(Name) ?? texts["passkey_default_name", Passkeys.Count + 1];
        if ((await factors.AddPasskeyAsync(Who, passkey)).Refusal is { } refusal)
            return await LoadAsync() ? this.Refused(texts, refusal) : Challenge();
        // Making a key asked for PIN or fingerprint: that is a second factor proved.
        await signIn.SignInProvedAsync(Who, stay: false);
        this.Flash(texts["passkey_added"]);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRenameAsync(string? id)
    {
        if (!await LoadAsync())
            return Challenge();
        if (!MayChange)
            return Forbid();
        if (Find(id) is not { } passkey)
            return NotFound();
        if (Clean(Name) is not { } name)
        {
            this.Refuse(texts, "passkey_name_missing", nameof(Name), LongestName);
            return this.Again();
        }
        passkey.Name = name;
        if (!(await users.AddOrUpdatePasskeyAsync(Who, passkey)).Succeeded)
            return this.Refused(texts, Refusal.Stale);
        this.Flash(texts["saved"]);
        return RedirectToPage();
    }

    async Task<UserPasskeyInfo?> MakeAsync()
    {
        if (string.IsNullOrEmpty(Credential) || Credential.Length > 100_000)
            return null;
        try
        {
            var made = await signIn.PerformPasskeyAttestationAsync(Credential);
            return made.Succeeded ? made.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            // Nothing was begun, or it was begun too long ago.
            return null;
        }
    }

    async Task<bool> LoadAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return false;
        (Who, MayChange) = (who, await factors.MayChangeAsync(who));
        Passkeys = [.. (await users.GetPasskeysAsync(who)).OrderBy(p => p.CreatedAt)];
        return true;
    }

    UserPasskeyInfo? Find(string? id) => Passkeys.FirstOrDefault(p => IdOf(p) == id);

    static string? Clean(string? name) => name?.Trim() is { Length: > 0 and <= LongestName } clean ? clean : null;
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// The one place where a second factor (authenticator, recovery codes, passkey) comes, goes, or is made anew; pages and API both call
/// it. Who has one proves it first, by a code, a recovery code or a passkey: a password alone must never be enough to swap it for
/// another's. Who has none sets up the first. What takes protection away asks for the password besides. Each change has a line in
/// the audit log, and the owner gets a mail.
/// </summary>
public sealed class SecondFactors(AppUsers users, AccountMail mail, Audit audit, AppDb db, CurrentMember me)
{
    const int RecoveryCodes = 10;

    public async Task<bool> HasAnyAsync(AppUser who) => who.TwoFactorEnabled || (await users.GetPasskeysAsync(who)).Count > 0;

    public async Task<bool> MayChangeAsync(AppUser who) => me.HasProvedTwo || !await HasAnyAsync(who);

    /// <summary>The key to set an authenticator up with. Once it is on, nobody is shown the key any more: null.</summary>
    public async Task<string?> KeyAsync(AppUser who)
    {
        if (who.TwoFactorEnabled || !await MayChangeAsync(who))
            return null;
        if (await users.GetAuthenticatorKeyAsync(who) is { } key)
            return key;
        var made = users.GenerateNewAuthenticatorKey();
        if ((await users.KeepAuthenticatorKeyAsync(who, made)).Succeeded)
            return made;
        // Two windows at once: the other's counts.
        db.ChangeTracker.Clear();
        return await users.GetAuthenticatorKeyAsync(who);
    }

    /// <summary>The key is in the app: proved by a code, and from now on asked for. Ends the sessions opened with the password alone.</summary>
    /// <returns>The recovery codes: nobody sees them again.</returns>
    public async Task<Outcome<string[]>> TurnOnAsync(AppUser who, string? code)
    {
        if (!await MayChangeAsync(who))
            return AccountRefusals.SecondFactorUnproved;
        if (!await users.VerifyTwoFactorTokenAsync(who, users.Options.Tokens.AuthenticatorTokenProvider, Totp.Clean(code)))
            return AccountRefusals.CodeWrong;
        return await ChangeAsync(who, "account.two_factor_on", async () =>
            (await users.SetTwoFactorEnabledAsync(who, true)).Succeeded ? await MakeCodesAsync(who) : Refusal.Stale);
    }

    public async Task<Outcome<string[]>> NewCodesAsync(AppUser who, string? password) =>
        await WhyNotAsync(who, password) is { } refusal ? refusal : await ChangeAsync(who, "account.recovery_codes", () => MakeCodesAsync(who));

    /// <summary>Turns it off and forgets the key and the recovery codes. Where it is off, there is only a new key, on which nothing depends: nobody need be told.</summary>
    public async Task<Outcome<Done>> TurnOffAsync(AppUser who, string? password)
    {
        if (await WhyNotAsync(who, password) is { } refusal)
            return refusal;
        if (!who.TwoFactorEnabled)
            return Told(await users.KeepAuthenticatorKeyAsync(who, users.GenerateNewAuthenticatorKey()));
        return await ChangeAsync(who, "account.two_factor_off", async () =>
        {
            // Its recovery codes go with it: none in place of the ten.
            if (!(await users.SetTwoFactorEnabledAsync(who, false)).Succeeded || await users.GenerateNewTwoFactorRecoveryCodesAsync(who, 0) is null)
                return Refusal.Stale;
            return Told(await users.ResetAuthenticatorKeyAsync(who));
        });
    }

    public async Task<Outcome<Done>> AddPasskeyAsync(AppUser who, UserPasskeyInfo passkey) =>
        !await MayChangeAsync(who) ? AccountRefusals.SecondFactorUnproved
            : await ChangeAsync(who, "account.passkey_added", async () => Told(await users.AddOrUpdatePasskeyAsync(who, passkey)));

    /// <summary>Ends the sessions that were opened with it, which may be somebody else's.</summary>
    public async Task<Outcome<Done>> RemovePasskeyAsync(AppUser who, byte[] credentialId, string? password) =>
        await WhyNotAsync(who, password) is { } refusal ? refusal : await ChangeAsync(who, "account.passkey_removed", async () =>
            Told(await users.RemovePasskeyAsync(who, credentialId)) is { IsRefused: true } stale ? stale : Told(await users.UpdateSecurityStampAsync(who)));

    /// <summary>By an administrator, for who lost phone and codes: takes all of it away; the owner sets up anew at the next sign-in.</summary>
    public async Task<Outcome<Done>> ResetAsync(Guid id, CancellationToken ct)
    {
        if (id == me.Id)
            return AccountRefusals.NotYourself;
        if (await users.FindByIdAsync($"{id}") is not { DeletedAt: null } who)
            return Refusal.NotFound;
        var before = new { who.TwoFactorEnabled, passkeys = (await users.GetPasskeysAsync(who)).Count };
        return await ChangeAsync(who, "account.reset_two_factor", async () =>
        {
            await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == id).ExecuteDeleteAsync(ct);
            await db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == id).ExecuteDeleteAsync(ct);
            who.TwoFactorEnabled = false;
            return Told(await users.UpdateSecurityStampAsync(who));
        }, before, new { TwoFactorEnabled = false, passkeys = 0 });
    }

    async Task<Refusal?> WhyNotAsync(AppUser who, string? password) =>
        await MayChangeAsync(who) ? await users.ProvePasswordAsync(who, password) : AccountRefusals.SecondFactorUnproved;

    async Task<Outcome<string[]>> MakeCodesAsync(AppUser who) =>
        await users.GenerateNewTwoFactorRecoveryCodesAsync(who, RecoveryCodes) is { } codes ? codes.ToArray() : Refusal.Stale;

    /// <summary>The change, its mail and its line in the audit log: all or nothing.</summary>
    async Task<Outcome<T>> ChangeAsync<T>(AppUser who, string deed, Func<Task<Outcome<T>>> change, object? before = null, object? after = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        mail.Security(who, deed.Split('.')[1]);
        audit.Record(deed, "user", who.Id, before, after);
        var outcome = await change();
        if (outcome.IsRefused)
        {
            db.ChangeTracker.Clear();
            return outcome;
        }
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return outcome;
    }

    static Outcome<Done> Told(IdentityResult result) => result.Succeeded ? Done.It : Refusal.Stale;
}

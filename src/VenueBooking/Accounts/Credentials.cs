using Microsoft.AspNetCore.Identity;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>A new password, a new address: for pages and API alike. Both ask for the present password, and wrong ones count towards the lockout.</summary>
public sealed class Credentials(AppUsers users, AccountMail mail)
{
    public const int LongestPassword = 200;

    /// <summary>All other sessions end with it, and the owner gets a mail.</summary>
    /// <returns>What Identity says of the new password.</returns>
    public async Task<Outcome<IdentityResult>> ChangePasswordAsync(AppUser who, string? current, string? wanted)
    {
        if (WhyNot(wanted) is { } refusal)
            return refusal;
        if (await users.ProvePasswordAsync(who, current) is { } unproved)
            return unproved with { Field = "Current" };
        if (wanted == current)
            return AccountRefusals.PasswordSame;
        var changed = await users.ChangePasswordAsync(who, current!, wanted!);
        if (changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            return Refusal.Stale;
        return changed;
    }

    /// <summary>What can be said of a password before anything is hashed.</summary>
    public static Refusal? WhyNot(string? password) =>
        string.IsNullOrEmpty(password) ? AccountRefusals.PasswordMissing : password.Length > LongestPassword ? AccountRefusals.PasswordTooLong : null;

    /// <summary>
    /// Writes to the new address, which counts once confirmed from there. Whether it is taken shows then: asking here would tell who has
    /// an account.
    /// </summary>
    public async Task<Outcome<Done>> AskForAddressAsync(AppUser who, string? address, string? password, CancellationToken ct)
    {
        if (Addresses.WhyNot(address) is { } refusal)
            return refusal;
        if (string.Equals(address, who.Email, StringComparison.OrdinalIgnoreCase))
            return AccountRefusals.EmailSame;
        if (await users.ProvePasswordAsync(who, password) is { } unproved)
            return unproved;
        await mail.ConfirmNewAddressAsync(who, address!, ct);
        return Done.It;
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>A new password, a new address: for pages and API alike. Both ask for the present password, and wrong ones count towards the lockout.</summary>
public sealed class Credentials(AppUsers users, AccountMail mail, AppDb db)
{
    public const int LongestPassword = 200;

    /// <summary>All other sessions end with it, and the owner gets a mail.</summary>
    /// <returns>What Identity says of the new password.</returns>
    public async Task<Outcome<IdentityResult>> ChangePasswordAsync(AppUser who, string? current, string? wanted)
    {
        if (WhyNot(wanted) is { } refusal)
            return refusal;
        if (await users.ProvePasswordAsync(who, current) is { } unproved)
            return unproved with { Field = "CurrentPassword" };
        if (wanted == current)
            return AccountRefusals.PasswordSame;
        var changed = await users.ChangePasswordAsync(who, current!, wanted!);
        if (changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            return Refusal.Stale;
        return changed;
    }

    /// <summary>What can be said of a password without its rules.</summary>
    public static Refusal? WhyNot(string? password) => string.IsNullOrEmpty(password) ? AccountRefusals.PasswordMissing : null;

    /// <summary>What can be said of a new address before anything is done.</summary>
    public static Refusal? WhyNot(AppUser who, string? address) =>
        Addresses.WhyNot(address) ?? (IsOf(who, address) ? AccountRefusals.EmailSame : null);

    /// <summary>
    /// Writes to the new address, which counts once confirmed from there. Whether it is taken shows then: asking here would tell who has
    /// an account.
    /// </summary>
    public async Task<Outcome<Done>> AskForAddressAsync(AppUser who, string? address, string? password, CancellationToken ct)
    {
        if (WhyNot(who, address) is { } refusal)
            return refusal;
        if (await users.ProvePasswordAsync(who, password) is { } unproved)
            return unproved;
        await mail.ConfirmNewAddressAsync(who, address!, ct);
        return Done.It;
    }

    /// <summary>Whether the code of a mail would change the address to this one. Changes nothing: what scans mails opens links too.</summary>
    /// <returns>Good: the code would do; done: it is the caller's address already.</returns>
    public async Task<(bool Good, bool Done)> LookAtChangeAsync(string userId, string? address, string? code, ClaimsPrincipal caller)
    {
        if (await FindAsync(userId, address, code) is not var (who, token))
            return (false, false);
        return IsOwnAlready(who, address!, caller) ? (true, true) : (await users.IsChangeOfAddressAsync(who, address!, token), false);
    }

    /// <summary>
    /// The new address counts, proved by the code mailed to it; the old one is told. To the owner a second tap on the link is as good as
    /// the first; to anybody else that the address is the account's already would tell what only they may know.
    /// </summary>
    /// <returns>Whose address it is now, or null.</returns>
    public async Task<AppUser?> ChangeAddressAsync(string userId, string? address, string? code, ClaimsPrincipal caller)
    {
        if (await FindAsync(userId, address, code) is not var (who, token))
            return null;
        if (IsOwnAlready(who, address!, caller) || await ChangeAddressAsync(who, address!, token))
            return who;
        db.ChangeTracker.Clear();
        return null;
    }

    async Task<bool> ChangeAddressAsync(AppUser who, string address, string token)
    {
        var old = who.Email!;
        await using var transaction = await db.Database.BeginTransactionAsync();
        try
        {
            if (!(await users.ChangeEmailAsync(who, address, token)).Succeeded || !(await users.SetUserNameAsync(who, address)).Succeeded)
                return false;
            mail.AddressChanged(who, old);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() is "users_normalized_email_key" or "users_normalized_user_name_key")
        {
            return false;
        }
    }

    /// <summary>Whose code it says it is; null where it cannot be one.</summary>
    async Task<(AppUser Who, string Token)?> FindAsync(string userId, string? address, string? code) =>
        Addresses.IsGood(address) && Codes.TryRead(code, out var token) && await users.FindByIdAsync(userId) is { DeletedAt: null } who ? (who, token) : null;

    bool IsOwnAlready(AppUser who, string address, ClaimsPrincipal caller) => IsOf(who, address) && users.GetUserId(caller) == who.Id.ToString();

    static bool IsOf(AppUser who, string? address) => string.Equals(address, who.Email, StringComparison.OrdinalIgnoreCase);
}

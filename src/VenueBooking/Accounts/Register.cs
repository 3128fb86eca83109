using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <param name="UnionId">The grassroots union one says one belongs to, or null.</param>
public sealed record RegisterAccount(
    string Email, string DisplayName, string Password, string Language, Guid? UnionId, string? CardNumber, string? ReturnUrl);

/// <summary>
/// Makes an account, asks for membership and writes the mail that confirms the address: all or nothing. Where the address has an
/// account already, the answer is the same: one that is confirmed stays as it is, and its owner gets a mail that says so; one that
/// is not gives way to the new one, for who registered it first may have been anybody, or mistaken.
/// </summary>
public sealed class Register(AppDb db, AppUsers users, IMemberships memberships, AccountMail mail, OutboxBell bell)
{
    /// <returns>What Identity says of address and password, or why membership cannot be asked for like that.</returns>
    public async Task<Outcome<IdentityResult>> HandleAsync(RegisterAccount asked, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = Account(asked, asked.Email);
        var made = await users.CreateAsync(user, asked.Password);
        if (!made.Succeeded)
        {
            await transaction.RollbackAsync(ct);
            return made.Errors.All(IsTaken) ? await TakenAsync(asked, user.PasswordHash!, ct) : made;
        }
        return await AskAsync(user, asked, transaction, ct);
    }

    async Task<Outcome<IdentityResult>> AskAsync(AppUser user, RegisterAccount asked, IDbContextTransaction transaction, CancellationToken ct)
    {
        if (await memberships.AskAsync(user.Id, asked.DisplayName, asked.UnionId, asked.CardNumber, ct) is { } refusal)
            return refusal;
        // Without a mail nothing takes the place of what the last one confirms.
        if (!await mail.ConfirmAsync(user, asked.ReturnUrl, ct))
            return IdentityResult.Success;
        await transaction.CommitAsync(ct);
        bell.Ring();
        return IdentityResult.Success;
    }

    static AppUser Account(RegisterAccount asked, string address) =>
        new() { UserName = address, Email = address, DisplayName = asked.DisplayName, Language = asked.Language };

    /// <param name="passwordHash">Of the password asked for: made already, and not once more, which would take longer than for a new address.</param>
    async Task<Outcome<IdentityResult>> TakenAsync(RegisterAccount asked, string passwordHash, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            var address = users.NormalizeEmail(asked.Email);
            // Held until then, so that nobody confirms meanwhile what is being replaced.
            if (await db.Set<AppUser>().FromSql($"select * from users where normalized_email = {address} for update").SingleOrDefaultAsync(ct) is { EmailConfirmed: false } earlier)
                return await ReplaceAsync(earlier, asked, passwordHash, transaction, ct);
        }
        return await PretendAsync(asked, ct);
    }

    async Task<Outcome<IdentityResult>> ReplaceAsync(
        AppUser earlier, RegisterAccount asked, string passwordHash, IDbContextTransaction transaction, CancellationToken ct)
    {
        var renewed = await users.RegisterAnewAsync(earlier, asked.DisplayName, asked.Language, passwordHash);
        return renewed.Succeeded ? await AskAsync(earlier, asked, transaction, ct) : renewed;
    }

    /// <summary>
    /// Goes the same way for nobody and takes it back: a union or card that would be refused is refused here too, for otherwise the
    /// difference would tell that the address is taken.
    /// </summary>
    async Task<Outcome<IdentityResult>> PretendAsync(RegisterAccount asked, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using (await db.Database.BeginTransactionAsync(ct))
        {
            var nobody = Account(asked, $"{Guid.CreateVersion7():N}@account.invalid");
            await users.CreateAsync(nobody);
            if (await memberships.AskAsync(nobody.Id, asked.DisplayName, asked.UnionId, asked.CardNumber, ct) is { } refusal)
                return refusal;
        }
        db.ChangeTracker.Clear();
        return await TellOwnerAsync(asked, ct);
    }

    static bool IsTaken(IdentityError error) =>
        error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName);

    async Task<IdentityResult> TellOwnerAsync(RegisterAccount asked, CancellationToken ct)
    {
        if (await users.FindByEmailAsync(asked.Email) is { } owner)
            await mail.ExistsAsync(owner, ct);
        return IdentityResult.Success;
    }
}

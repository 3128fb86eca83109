using Microsoft.AspNetCore.Identity;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <param name="UnionId">The grassroots union one says one belongs to, or null.</param>
public sealed record RegisterAccount(
    string Email, string DisplayName, string Password, string Language, Guid? UnionId, string? CardNumber, string? ReturnUrl);

/// <summary>
/// Makes an account, asks for membership and writes the mail that confirms the address: all or nothing. Where the address has an
/// account already, the answer is the same, and its owner gets a mail that says so.
/// </summary>
public sealed class Register(AppDb db, UserManager<AppUser> users, IMemberships memberships, AccountMail mail, OutboxBell bell)
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
            return made.Errors.All(IsTaken) ? await PretendAsync(asked, ct) : made;
        }
        if (await memberships.AskAsync(user.Id, asked.DisplayName, asked.UnionId, asked.CardNumber, ct) is { } refusal)
            return refusal;
        await mail.ConfirmAsync(user, asked.ReturnUrl, ct);
        await transaction.CommitAsync(ct);
        bell.Ring();
        return made;
    }

    static AppUser Account(RegisterAccount asked, string address) =>
        new() { UserName = address, Email = address, DisplayName = asked.DisplayName, Language = asked.Language };

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
            await (owner.EmailConfirmed ? mail.ExistsAsync(owner, ct) : mail.ConfirmAsync(owner, asked.ReturnUrl, ct));
        return IdentityResult.Success;
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <param name="UnionId">The grassroots union one says one belongs to, or null.</param>
public sealed record RegisterAccount(
    string Email, string DisplayName, string Password, string Language, Guid? UnionId, string? CardNumber, string? ReturnUrl);

/// <summary>
/// Makes an account, asks for membership and writes the mail that confirms the address: all or nothing. Where the address has an
/// account already, the answer is the same, and its owner gets a mail that says so.
/// </summary>
public sealed class Register(AppDb db, UserManager<AppUser> users, MembershipDesk memberships, AccountMail mail)
{
    /// <returns>What Identity says of address and password, or why membership cannot be asked for like that.</returns>
    public async Task<Outcome<IdentityResult>> HandleAsync(RegisterAccount asked, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var user = new AppUser { UserName = asked.Email, Email = asked.Email, DisplayName = asked.DisplayName, Language = asked.Language };
        var made = await users.CreateAsync(user, asked.Password);
        if (!made.Succeeded)
        {
            await transaction.RollbackAsync(cancel);
            return made.Errors.All(IsTaken) ? await TellOwnerAsync(asked, cancel) : made;
        }
        if (await AskAsync(user, asked, cancel) is { } refusal)
            return refusal;
        await transaction.CommitAsync(cancel);
        return made;
    }

    async Task<Refusal?> AskAsync(AppUser user, RegisterAccount asked, CancellationToken cancel)
    {
        mail.Confirm(user, asked.ReturnUrl);
        try
        {
            var membership = await memberships.AskAsync(user.Id, asked.DisplayName, asked.UnionId, asked.CardNumber, cancel);
            if (membership.IsRefused)
                return membership.Refusal;
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException e) when (MembershipDesk.Explain(e) is { } taken)
        {
            return taken;
        }
    }

    static bool IsTaken(IdentityError error) =>
        error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName);

    async Task<IdentityResult> TellOwnerAsync(RegisterAccount asked, CancellationToken cancel)
    {
        if (await users.FindByEmailAsync(asked.Email) is { } owner)
        {
            if (owner.EmailConfirmed)
                mail.Exists(owner);
            else
                mail.Confirm(owner, asked.ReturnUrl);
            await db.SaveChangesAsync(cancel);
        }
        return IdentityResult.Success;
    }
}

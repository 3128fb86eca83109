using Microsoft.AspNetCore.Identity;
using VenueBooking.Data;
using VenueBooking.Unions;

namespace VenueBooking.Accounts;

/// <param name="UnionId">The grassroots union one says one belongs to, or null.</param>
public sealed record RegisterAccount(
    string Email, string DisplayName, string Password, string Language, Guid? UnionId, string? CardNumber, string? ReturnUrl);

/// <summary>
/// Makes an account, asks for membership and writes the mail that confirms the address: all or nothing. Where the address has an
/// account already, the answer is the same, and its owner gets a mail that says so.
/// </summary>
public sealed class Register(AppDb db, UserManager<AppUser> users, AccountMail mail, TimeProvider clock)
{
    public async Task<IdentityResult> HandleAsync(RegisterAccount asked, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var user = new AppUser { UserName = asked.Email, Email = asked.Email, DisplayName = asked.DisplayName, Language = asked.Language };
        var made = await users.CreateAsync(user, asked.Password);
        if (!made.Succeeded)
        {
            await transaction.RollbackAsync(cancel);
            return made.Errors.All(IsTaken) ? await TellOwnerAsync(asked, cancel) : made;
        }
        db.Add(Membership.Ask(user.Id, asked.DisplayName, asked.UnionId, asked.CardNumber, clock.GetUtcNow()));
        mail.Confirm(user, asked.ReturnUrl);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return made;
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

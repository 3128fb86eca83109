using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Forgets a person: every module erases its part, then the account says nothing any more. All or nothing.</summary>
public sealed class DeleteAccount(AppDb db, IEnumerable<IPersonalData> parts, AccountMail mail, Audit audit, TimeProvider clock)
{
    public static readonly Refusal LastAdmin = new("last_admin");

    public async Task<Outcome<Done>> HandleAsync(AppUser user, CancellationToken ct)
    {
        try
        {
            return await ForgetAsync(user, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Refusal.Stale;
        }
    }

    async Task<Outcome<Done>> ForgetAsync(AppUser user, CancellationToken ct)
    {
        var address = user.Email!;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.IsLastAdminAsync(user.Id, ct))
            return LastAdmin;
        // Before anything is anonymised, so that what a module writes to the person still finds them.
        foreach (var part in parts)
        {
            await part.EraseAsync(user.Id, ct);
            await db.SaveChangesAsync(ct);
        }
        await db.Set<IdentityUserRole<Guid>>().Where(r => r.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == user.Id).ExecuteDeleteAsync(ct);
        await db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == user.Id).ExecuteDeleteAsync(ct);
        audit.Record("account.delete", "user", user.Id);
        user.Forget(clock.GetUtcNow());
        (user.NormalizedEmail, user.NormalizedUserName) = (user.Email!.ToUpperInvariant(), user.UserName!.ToUpperInvariant());
        user.SecurityStamp = Guid.CreateVersion7().ToString("N");
        mail.Deleted(user, address);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.It;
    }
}

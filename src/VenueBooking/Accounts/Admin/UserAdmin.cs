using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>What an administrator does to accounts. Each change and its audit row are one transaction.</summary>
public sealed class UserAdmin(AppDb db, AppUsers users, Audit audit, CurrentMember me, IEnumerable<IRoleScope> scopes)
{
    static readonly Refusal RoleUnknown = Refusal.Invalid("role_unknown", "Roles"), ReachMissing = Refusal.Invalid("reach_missing");

    /// <summary>The account, with the view written down: it is personal data.</summary>
    public async Task<AppUser?> ViewAsync(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } user)
            return null;
        audit.Record("account.view", "user", id);
        await db.SaveChangesAsync(ct);
        return user;
    }

    public Task<List<string>> RolesOfAsync(Guid id, CancellationToken ct) => db.Set<IdentityUserRole<Guid>>().Where(r => r.UserId == id)
        .Join(db.Set<IdentityRole<Guid>>(), r => r.RoleId, r => r.Id, (_, r) => r.Name!).OrderBy(n => n).ToListAsync(ct);

    /// <summary>Gives exactly these roles, and within them exactly these scopes. Who loses a role signs in anew; a new one counts within a minute.</summary>
    /// <param name="stamp">The account's as it was shown: what another administrator has changed since is not undone unseen.</param>
    public async Task<Outcome<Done>> GrantAsync(
        Guid id, string? stamp, IReadOnlyCollection<string> roles, IReadOnlyDictionary<string, Guid[]> reach, CancellationToken ct)
    {
        if (roles.Except(Roles.OfStaff).Any())
            return RoleUnknown;
        foreach (var scope in scopes.Where(s => roles.Contains(s.Role)))
            if (await WhyNotAsync(scope, id, reach.GetValueOrDefault(scope.Role, []), ct) is { } refusal)
                return refusal;
        try
        {
            return await GrantKnownAsync(id, stamp, roles, reach, ct);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.BrokenConstraint() == "user_roles_pkey")
        {
            db.ChangeTracker.Clear();
            return Refusal.Stale;
        }
    }

    /// <summary>A role that reaches nothing would look given and do nothing.</summary>
    static async Task<Refusal?> WhyNotAsync(IRoleScope scope, Guid userId, Guid[] ids, CancellationToken ct)
    {
        var known = (await scope.ChoicesAsync(ct)).Concat(await scope.HeldAsync(userId, ct)).Select(c => c.Id);
        return ids.Length == 0 ? ReachMissing : ids.Except(known).Any() ? IRoleScope.Unknown : null;
    }

    async Task<Outcome<Done>> GrantKnownAsync(
        Guid id, string? stamp, IReadOnlyCollection<string> roles, IReadOnlyDictionary<string, Guid[]> reach, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(id, ct) is not { } user)
            return Refusal.NotFound;
        // First of all: the page that shows the refusal saves that it was looked at, and must not save half a change with it.
        if (!roles.Contains(Roles.Admin) && await db.IsLastAdminAsync(id, ct))
            return DeleteAccount.LastAdmin;
        db.Entry(user).Property(u => u.ConcurrencyStamp).OriginalValue = stamp;
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        var before = (await RolesOfAsync(id, ct)).Where(Roles.OfStaff.Contains).ToList();
        await ReplaceAsync(id, roles, ct);
        foreach (var scope in scopes)
            if (await scope.SetAsync(id, roles.Contains(scope.Role) ? reach.GetValueOrDefault(scope.Role, []) : [], ct) is { Refusal: { } gone })
            {
                db.ChangeTracker.Clear();
                return gone;
            }
        if (!before.Order().SequenceEqual(roles.Order()))
            audit.Record("account.roles", "user", id, new { roles = before }, new { roles });
        if (before.Except(roles).Any())
            user.SecurityStamp = Guid.CreateVersion7().ToString("N");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.It;
    }

    async Task ReplaceAsync(Guid id, IReadOnlyCollection<string> roles, CancellationToken ct)
    {
        var known = await db.Set<IdentityRole<Guid>>().ToDictionaryAsync(r => r.Name!, r => r.Id, ct);
        var staff = Roles.OfStaff.Select(name => known[name]).ToArray();
        await db.Set<IdentityUserRole<Guid>>().Where(r => r.UserId == id && staff.Contains(r.RoleId)).ExecuteDeleteAsync(ct);
        foreach (var role in roles.Distinct())
            db.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = known[role] });
    }

    /// <summary>Locks somebody out until further notice and ends their sessions, or lets them in again.</summary>
    public async Task<Outcome<Done>> LockAsync(Guid id, bool locked, CancellationToken ct)
    {
        if (id == me.Id)
            return AccountRefusals.NotYourself;
        if (await FindAsync(id, ct) is not { } user)
            return Refusal.NotFound;
        var before = new { locked = user.LockoutEnd };
        (user.LockoutEnd, user.AccessFailedCount) = (locked ? DateTimeOffset.MaxValue : null, 0);
        audit.Record(locked ? "account.lock" : "account.unlock", "user", id, before, new { locked = user.LockoutEnd });
        return Told(await users.UpdateSecurityStampAsync(user));
    }

    Task<AppUser?> FindAsync(Guid id, CancellationToken ct) =>
        db.Set<AppUser>().SingleOrDefaultAsync(u => u.Id == id && u.DeletedAt == null, ct);

    /// <summary>What could not be saved must not go along with what is saved next: the page writes down that it was looked at.</summary>
    Outcome<Done> Told(IdentityResult result)
    {
        if (result.Succeeded)
            return Done.It;
        db.ChangeTracker.Clear();
        return Refusal.Stale;
    }
}

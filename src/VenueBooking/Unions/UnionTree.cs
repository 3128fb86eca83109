using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>Changes to the tree. Staff only; every one is audited.</summary>
public sealed class UnionTree(AppDb db, Audit audit, TimeProvider clock)
{
    const int LongestName = 100, HighestCap = 100_000;

    public async Task<Outcome<Union>> AddAsync(Guid? parentId, string? name, CancellationToken ct)
    {
        var parent = parentId is null ? null : await db.Set<Union>().SingleOrDefaultAsync(u => u.Id == parentId && u.EndedAt == null, ct);
        if (parentId is not null && parent is null || parent?.Level == UnionLevel.Grassroots)
            return UnionRefusals.UnionUnknown;
        if (Clean(name) is not { } clean)
            return UnionRefusals.UnionNameMissing;
        var union = Union.Make(parent, clean, clock.GetUtcNow());
        db.Add(union);
        audit.Record("union.add", "union", union.Id, after: new { union.Name, union.ParentId });
        return await SaveAsync(union, ct);
    }

    /// <param name="version">The version that the person saw; where it is no longer the last, nothing is changed.</param>
    public async Task<Outcome<Union>> ChangeAsync(Guid id, uint version, string? name, int? dailyCap, CancellationToken ct)
    {
        if (await db.Set<Union>().SingleOrDefaultAsync(u => u.Id == id && u.EndedAt == null, ct) is not { } union)
            return Refusal.NotFound;
        if (union.Version != version)
            return Refusal.Stale;
        if (Clean(name) is not { } clean)
            return UnionRefusals.UnionNameMissing;
        if (dailyCap is < 1 or > HighestCap)
            return UnionRefusals.UnionCapOutOfRange;
        var before = new { union.Name, union.DailyCap };
        union.Rename(clean);
        union.CapAt(dailyCap);
        audit.Record("union.change", "union", id, before, new { union.Name, union.DailyCap });
        return await SaveAsync(union, ct);
    }

    /// <summary>
    /// Ends a union that nobody belongs to any more, and its roster with it. Its past stays. Who was refused, or never confirmed their
    /// address, does not keep it: the first are refused as before, with their reason; the others are so now, because nobody will look
    /// at their request any more.
    /// </summary>
    public async Task<Outcome<Done>> EndAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await RosterMerge.LockAsync(db, id, ct);
        // Memberships before the union, as everywhere: who decides on one of them meanwhile holds both.
        await db.Database.ExecuteSqlAsync($"select 1 from memberships where union_id = {id} and state = 'unverified' order by user_id for update", ct);
        // Whoever joins holds the union's row until they are done (a trigger sees to it): they are seen below, or find it ended.
        await db.Database.ExecuteSqlAsync($"select 1 from unions where id = {id} for update", ct);
        var ended = await db.Set<Union>()
            .Where(u => u.Id == id && u.EndedAt == null
                && !db.Set<Union>().Any(c => c.ParentId == id && c.EndedAt == null)
                && !db.Set<Membership>().Any(m => m.UnionId == id && (m.State == MembershipState.Verified
                    || m.State == MembershipState.Unverified && m.RejectedAt == null && db.Set<AppUser>().Any(a => a.Id == m.UserId && a.EmailConfirmed))))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.EndedAt, now), ct);
        if (ended == 0)
            return await db.Set<Union>().AnyAsync(u => u.Id == id && u.EndedAt == null, ct) ? UnionRefusals.UnionInUse : Refusal.NotFound;
        await db.Set<RosterEntry>().Where(r => r.UnionId == id && r.RemovedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.RemovedAt, now), ct);
        var refused = await db.Set<Membership>().Where(m => m.UnionId == id && m.State == MembershipState.Unverified && m.RejectedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.RejectedAt, now), ct);
        audit.Record("union.end", "union", id, after: refused == 0 ? null : new { refused });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.It;
    }

    async Task<Outcome<Union>> SaveAsync(Union union, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return union;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Stale;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == "unions_name_key")
        {
            return UnionRefusals.UnionNameTaken;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == UnionRefusals.OpenUnion)
        {
            return UnionRefusals.UnionUnknown;
        }
    }

    static string? Clean(string? name) =>
        name?.Trim() is { Length: > 0 and <= LongestName } clean ? clean : null;
}

using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>What differs between a union's roster as it stands and as the file has it.</summary>
public sealed record RosterPlan(
    IReadOnlyList<RosterRow> Added, IReadOnlyList<(RosterEntry Entry, string Name)> Renamed, int Unchanged,
    IReadOnlyList<RosterEntry> Removed, IReadOnlyList<Membership> Verified, IReadOnlyList<Membership> Ended)
{
    /// <summary>What those have booked whose membership ends: it is cancelled.</summary>
    public int Bookings { get; init; }
    /// <summary>Cards by which no roster verifies, because an officer ended a membership that had them.</summary>
    public required IReadOnlySet<string> ForOfficers { get; init; }
}

/// <summary>Compares and merges; no decisions about who may, and no transaction of its own.</summary>
public sealed class RosterMerge(AppDb db, MembershipChanges changes, Audit audit, TimeProvider clock)
{
    /// <summary>Cards that another union's roster has: a person is on one roster.</summary>
    /// <param name="column">What the file calls the cards.</param>
    public async Task<IReadOnlyList<TableError>> ConflictsAsync(Guid unionId, IReadOnlyList<RosterRow> rows, CancellationToken ct, string column = RosterSheet.Card)
    {
        var cards = rows.Select(r => r.CardNumber).ToArray();
        var elsewhere = await (
            from entry in db.Set<RosterEntry>()
            join union in db.Set<Union>() on entry.UnionId equals union.Id
            where entry.RemovedAt == null && entry.UnionId != unionId && cards.Contains(entry.CardNumber)
            select new { entry.CardNumber, union.Name }).ToDictionaryAsync(e => e.CardNumber, e => e.Name, ct);
        return [.. rows.Where(r => elsewhere.ContainsKey(r.CardNumber))
            .Select(r => new TableError(r.Number, column, Refusal.Invalid("roster_card_elsewhere", null, elsewhere[r.CardNumber])))];
    }

    public async Task<RosterPlan> PlanAsync(Guid unionId, IReadOnlyList<RosterRow> rows, bool complete, CancellationToken ct)
    {
        var entries = await db.Set<RosterEntry>().Where(r => r.UnionId == unionId && r.RemovedAt == null).ToDictionaryAsync(r => r.CardNumber, ct);
        var byCard = rows.ToDictionary(r => r.CardNumber);
        var removed = complete ? entries.Values.Where(e => !byCard.ContainsKey(e.CardNumber)).ToList() : [];
        var cards = byCard.Keys.Concat(removed.Select(r => r.CardNumber)).ToArray();
        // Who asks counts once the address is confirmed: before that, anybody could ask in another's name.
        var members = await db.Set<Membership>().Where(m => m.CardNumber != null && cards.Contains(m.CardNumber)
            && (m.State != MembershipState.Unverified || db.Set<AppUser>().Any(u => u.Id == m.UserId && u.EmailConfirmed))).ToListAsync(ct);
        var held = members.Where(m => m.State == MembershipState.Verified).Select(m => m.CardNumber).ToHashSet();
        var forOfficers = await ForOfficersAsync(cards, ct);
        var leaving = removed.Select(r => r.CardNumber).ToHashSet();
        List<Membership> ended = [.. members.Where(m => m.State == MembershipState.Verified && m.UnionId == unionId && leaving.Contains(m.CardNumber!))];
        return new RosterPlan(
            [.. rows.Where(r => !entries.ContainsKey(r.CardNumber))],
            [.. rows.Where(r => entries.TryGetValue(r.CardNumber, out var e) && e.Name != r.Name).Select(r => (entries[r.CardNumber], r.Name))],
            rows.Count(r => entries.TryGetValue(r.CardNumber, out var e) && e.Name == r.Name),
            removed,
            [.. members.Where(m => m.State == MembershipState.Unverified && byCard.TryGetValue(m.CardNumber!, out var r) && r.Name == m.Name
                && !held.Contains(m.CardNumber) && !m.NeedsOfficer && !forOfficers.Contains(m.CardNumber!)).DistinctBy(m => m.CardNumber)],
            ended)
        {
            Bookings = await changes.ComingBookingsAsync(ended, ct),
            ForOfficers = forOfficers,
        };
    }

    /// <summary>As earlier lines have it, of whichever union; or a membership that ended while no roster had its card.</summary>
    async Task<HashSet<string>> ForOfficersAsync(string[] cards, CancellationToken ct) => (await
        db.Set<RosterEntry>().Where(r => r.NeedsOfficer && cards.Contains(r.CardNumber)).Select(r => r.CardNumber)
            .Union(db.Set<Membership>().Where(m => m.NeedsOfficer && cards.Contains(m.CardNumber)).Select(m => m.CardNumber!))
            .ToListAsync(ct)).ToHashSet();

    /// <summary>
    /// One import per union at a time: the plan is made of what stands when the lock is held. Not the union's row, which comes after
    /// memberships in the order of locks.
    /// </summary>
    public static Task LockAsync(AppDb db, Guid unionId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"roster {unionId:N}"}, 0))", ct);

    /// <summary>Carries the plan out in the caller's transaction.</summary>
    public async Task<RosterPlan> ApplyAsync(Guid unionId, IReadOnlyList<RosterRow> rows, bool complete, string fileName, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await LockAsync(db, unionId, ct);
        var plan = await PlanAsync(unionId, rows, complete, ct);
        foreach (var entry in plan.Removed)
            entry.RemovedAt = now;
        foreach (var (entry, name) in plan.Renamed)
            entry.Name = name;
        db.AddRange(plan.Added.Select(r => new RosterEntry { UnionId = unionId, CardNumber = r.CardNumber, Name = r.Name, ImportedAt = now, NeedsOfficer = plan.ForOfficers.Contains(r.CardNumber) }));
        foreach (var membership in plan.Verified)
            changes.Verify(membership, unionId, VerifiedHow.Roster);
        var cancelled = await changes.EndAsync(plan.Ended, byOfficer: false, ct);
        foreach (var membership in plan.Verified)
            audit.Record("membership.approve", "membership", membership.UserId, new { state = MembershipState.Unverified }, new { membership.State, membership.UnionId, fileName });
        foreach (var membership in plan.Ended)
            audit.Record("membership.end", "membership", membership.UserId, new { state = MembershipState.Verified }, new { membership.State, fileName });
        audit.Record("roster.import", "union", unionId, null, new
        {
            fileName,
            complete,
            added = plan.Added.Count,
            renamed = plan.Renamed.Count,
            removed = plan.Removed.Count,
            verified = plan.Verified.Count,
            ended = plan.Ended.Count,
            cancelled,
        });
        await db.SaveChangesAsync(ct);
        return plan;
    }
}

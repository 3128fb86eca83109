using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>What the audit log is narrowed by.</summary>
/// <param name="Who">A part of the name under which it was done.</param>
public sealed record AuditFilter(string? Who, string? What, string? Subject, Guid? SubjectId, DateOnly? From, DateOnly? Until);

/// <summary>Finds entries of the audit log, the newest first.</summary>
public sealed class AuditSearch(AppDb db)
{
    /// <summary>
    /// Of more people than this the newest entries are not fetched one by one: the planner knows of these names whether they stand in few
    /// entries, which it fetches, or in many, where the newest are soon found among all.
    /// </summary>
    const int FewNames = 20;

    public async Task<List<AuditEntry>> NewestAsync(AuditFilter filter, Cursor? after, int atMost, CancellationToken ct)
    {
        var entries = Narrowed(filter);
        if (after is not null)
            entries = entries.Where(e => e.At <= after.At && (e.At < after.At || e.Id < after.Id));
        if (filter.Who is { } who)
            entries = await DoneByAsync(entries, Like.Anywhere(who), atMost, ct);
        return await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(atMost).ToListAsync(ct);
    }

    /// <summary>Of each person the newest, by index: of somebody rare they would be looked for through all the log, of somebody busy all would be sorted.</summary>
    async Task<IQueryable<AuditEntry>> DoneByAsync(IQueryable<AuditEntry> entries, string like, int atMost, CancellationToken ct)
    {
        var names = await NamesAsync(like, ct);
        if (names.Length > FewNames)
            return entries.Where(e => names.Contains(e.ActorName));
        return names.Select(name => entries.Where(e => e.ActorName == name).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(atMost))
            .DefaultIfEmpty(entries.Where(e => false)).Aggregate(Queryable.Concat);
    }

    /// <summary>The names that stand in the log are few against its entries: the index is asked for one after the other.</summary>
    Task<string[]> NamesAsync(string like, CancellationToken ct) => db.Database.SqlQuery<string>($"""
        with recursive names (name) as (
            (select actor_name from audit_entries order by actor_name limit 1)
            union all
            select (select e.actor_name from audit_entries e where e.actor_name > n.name order by e.actor_name limit 1) from names n where n.name is not null)
        select name as "Value" from names where name ilike {like} escape {Like.Escape}
        """).ToArrayAsync(ct);

    IQueryable<AuditEntry> Narrowed(AuditFilter filter)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (filter.What is { } what)
            entries = entries.Where(e => e.Action.StartsWith(what));
        if (filter.Subject is { } subject)
            entries = entries.Where(e => e.Subject == subject);
        if (filter.SubjectId is { } id)
            entries = entries.Where(e => e.SubjectId == id);
        // Before there were years with four digits there is no instant to compare with.
        if (filter.From is { Year: > 1 } from)
        {
            var start = SiteTime.StartOf(from);
            entries = entries.Where(e => e.At >= start);
        }
        if (filter.Until is { } until && until < DateOnly.MaxValue)
        {
            var end = SiteTime.StartOf(until.AddDays(1));
            entries = entries.Where(e => e.At < end);
        }
        return entries;
    }
}

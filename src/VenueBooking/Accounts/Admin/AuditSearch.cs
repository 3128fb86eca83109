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
    public Task<List<AuditEntry>> NewestAsync(AuditFilter filter, Cursor? after, int atMost, CancellationToken ct)
    {
        var entries = Narrowed(filter);
        if (after is not null)
            entries = entries.Where(e => e.At <= after.At && (e.At < after.At || e.Id < after.Id));
        if (filter.Who is { } who)
            entries = DoneBy(Like.Anywhere(who), entries, atMost);
        return entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(atMost).ToListAsync(ct);
    }

    /// <summary>
    /// Of each name the newest, and of these the newest: somebody rare would be looked for through all the log, of somebody busy all
    /// would be sorted. The index by name has all that is asked for here; the entries themselves are fetched at last.
    /// </summary>
    IQueryable<AuditEntry> DoneBy(string like, IQueryable<AuditEntry> entries, int atMost)
    {
        // That the name is like this is asked beside its entries: asked before them, the whole log would be numbered instead, name by name.
        // The number of all stands in the statement as it is: for fifty the entries are looked up, for an export's many the log is read.
        var newest = db.Database.SqlQuery<string>($"select name as \"Value\" from audit_actors")
            .SelectMany(name => entries.Where(e => e.ActorName == name && EF.Functions.ILike(name, like, Like.Escape))
                .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(atMost))
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(atMost).Select(e => e.Id);
        return db.Set<AuditEntry>().AsNoTracking().Where(e => newest.Contains(e.Id));
    }

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

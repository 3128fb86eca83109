using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>Puts failed notices back into the queue, as if they were new, once what was wrong is mended.</summary>
public sealed class SendAgain(AppDb db, Audit audit, TimeProvider clock, OutboxBell bell)
{
    public async Task<Outcome<Done>> OneAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Set<Notice>().AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, ct) is not { } notice)
            return Refusal.NotFound;
        if (await PutBackAsync(db.Set<Notice>().Where(n => n.Id == id), ct) == 0)
            return new Refusal("notice_not_failed");
        audit.Record("notice.resend", "notice", id, new { notice.Kind, error = notice.LastError });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        bell.Ring();
        return Done.It;
    }

    /// <returns>How many.</returns>
    public async Task<int> AllAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var count = await PutBackAsync(db.Set<Notice>(), ct);
        if (count > 0)
            audit.Record("notice.resend_all", "notice", null, after: new { count });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        bell.Ring();
        return count;
    }

    // The state is asked for in the statement itself: pressed twice, or by two people, it happens once.
    Task<int> PutBackAsync(IQueryable<Notice> notices, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return notices.Where(n => n.State == NoticeState.Failed).ExecuteUpdateAsync(set => set
            .SetProperty(n => n.State, NoticeState.Due)
            .SetProperty(n => n.Attempts, 0)
            .SetProperty(n => n.DueAt, now)
            .SetProperty(n => n.NextAttemptAt, now), ct);
    }
}

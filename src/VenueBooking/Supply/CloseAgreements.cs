using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Jobs;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>active → ended, on the day after its last.</summary>
public sealed class CloseAgreements(AppDb db, Audit audit, SiteTime time) : IRecurringJob
{
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var today = time.Today;
        var over = await db.Set<Agreement>()
            .FromSql($"select a.*, a.xmin from agreements a where a.state = 'active' and a.ends_on < {today} order by a.id for update skip locked")
            .AsTracking().ToListAsync(ct);
        foreach (var agreement in over)
        {
            agreement.End();
            audit.Record("agreement.end", "agreement", agreement.Id, new { State = AgreementState.Active }, new { State = AgreementState.Ended });
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return over.Count;
    }

    public async Task<Backlog> BacklogAsync(CancellationToken ct)
    {
        var today = time.Today;
        var over = db.Set<Agreement>().Where(a => a.State == AgreementState.Active && a.EndsOn < today);
        var oldest = await over.MinAsync(a => (DateOnly?)a.EndsOn, ct);
        return new(await over.CountAsync(ct), oldest is { } day ? SiteTime.StartOf(day.AddDays(1)) : null);
    }
}

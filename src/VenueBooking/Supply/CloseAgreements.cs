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

    public BacklogQuery Waiting => new($"""
        select count(*), (min(ends_on) + 1)::timestamp at time zone '{SiteTime.ZoneName}'
        from agreements where state = 'active' and ends_on < ($1 at time zone '{SiteTime.ZoneName}')::date
        """, time.Now);
}

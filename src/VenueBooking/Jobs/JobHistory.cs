using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Jobs;

/// <summary>The runs of one job, newest first.</summary>
public sealed class JobHistory(AppDb db)
{
    public async Task<Page<JobRun>> PageAsync(string job, Cursor? after, int size, CancellationToken ct)
    {
        var runs = db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job);
        if (after is not null)
            runs = runs.Where(r => r.StartedAt < after.At || (r.StartedAt == after.At && r.Id < after.Id));
        var found = await runs.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(size + 1).ToListAsync(ct);
        return Page.Of(found, size, r => Cursor.Of(r.StartedAt, r.Id));
    }
}

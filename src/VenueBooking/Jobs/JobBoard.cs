using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Jobs;

/// <param name="Last">Its newest run, on whichever instance.</param>
/// <param name="Trouble">The run that failed last, as long as none has done anything since.</param>
/// <param name="Next">When it runs next; null while this instance has no scheduler.</param>
public sealed record JobLine(Schedule.Entry Entry, JobRun? Last, JobRun? Trouble, DateTimeOffset? Next, Backlog Backlog, bool IsOverdue)
{
    public string? Error => Last?.Error;
    public bool IsRunning(DateTimeOffset now) => Last is { EndedAt: null } && now - Last.StartedAt < JobBoard.LongestRun;
}

/// <summary>How every job stands: what the jobs page shows and what the health check asks.</summary>
public sealed class JobBoard(AppDb db, IServiceProvider services, JobScheduler scheduler, JobWatch watch, TimeProvider clock)
{
    /// <summary>A run without an end that is older was interrupted.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    /// <summary>How long a failure is remembered: a job of every few seconds has many runs a day.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public bool SchedulerRuns => scheduler.IsRunning;

    public async Task<IReadOnlyList<JobLine>> AllAsync(CancellationToken ct)
    {
        var lines = new List<JobLine>(Schedule.All.Count);
        foreach (var entry in Schedule.All)
            lines.Add(await LineAsync(entry, ct));
        return lines;
    }

    public async Task<JobLine> LineAsync(Schedule.Entry entry, CancellationToken ct)
    {
        var last = await Runs(entry.Name).FirstOrDefaultAsync(ct);
        var succeeded = await Runs(entry.Name).Where(r => r.EndedAt != null && r.Error == null).Select(r => (DateTimeOffset?)r.StartedAt).FirstOrDefaultAsync(ct);
        var backlog = await ((IRecurringJob)services.GetRequiredService(entry.Job)).BacklogAsync(ct);
        var now = clock.GetUtcNow();
        var telling = await Runs(entry.Name).Where(r => r.StartedAt > now - Remembered).FirstOrDefaultAsync(r => r.Error != null || r.Done > 0, ct);
        var isLate = backlog.OldestDueAt is { } oldest && watch.IsOverdue(entry, oldest, now);
        return new(entry, last, telling?.Error is null ? null : telling, await scheduler.NextRunAsync(entry.Name, ct), backlog, isLate || watch.IsOverdue(entry, succeeded, now));
    }

    public async Task<Page<JobRun>> HistoryAsync(string job, Cursor? after, int size, CancellationToken ct)
    {
        var runs = Runs(job);
        if (after is not null)
            runs = runs.Where(r => r.StartedAt < after.At || (r.StartedAt == after.At && r.Id < after.Id));
        return Page.Of(await runs.Take(size + 1).ToListAsync(ct), size, r => Cursor.Of(r.StartedAt, r.Id));
    }

    IQueryable<JobRun> Runs(string job) =>
        db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id);
}

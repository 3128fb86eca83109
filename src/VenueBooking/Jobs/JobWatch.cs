using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Jobs;

/// <summary>
/// Notices when a job has not done its work for three of its intervals, be it that nothing runs it or that every run fails.
/// The service still answers then, so it is degraded, not unhealthy.
/// </summary>
public sealed class JobWatch(NpgsqlDataSource database, TimeProvider clock) : IHealthCheck
{
    const int Intervals = 3;
    // A job of every few seconds may miss a few of its turns before anybody is told.
    static readonly TimeSpan AtLeast = TimeSpan.FromMinutes(1);

    readonly DateTimeOffset since = clock.GetUtcNow();

    /// <param name="entry">The job.</param>
    /// <param name="kept">Until when it kept up: its last good run began then, or what still waits became due.</param>
    /// <param name="now">The clock.</param>
    public bool IsOverdue(Schedule.Entry entry, DateTimeOffset? kept, DateTimeOffset now)
    {
        // What was missed while no service ran at all is nobody's fault now.
        var from = kept > since ? kept.Value : since;
        var patience = entry.Every * Intervals;
        return now - from > (patience > AtLeast ? patience : AtLeast);
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var good = await LastGoodAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var overdue = Schedule.All.Where(e => IsOverdue(e, good.TryGetValue(e.Name, out var at) ? at : null, now)).Select(e => e.Name).ToList();
            return overdue.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"overdue: {string.Join(", ", overdue)}");
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            // The database has a check of its own.
            return HealthCheckResult.Degraded("the database does not answer");
        }
    }

    async Task<Dictionary<string, DateTimeOffset>> LastGoodAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select job, good.started_at from unnest($1) as jobs (job), lateral (
                select r.started_at from job_runs r where r.job = jobs.job and r.ended_at is not null and r.error is null
                order by r.started_at desc limit 1) good
            """).With([Schedule.All.Select(e => e.Name).ToArray()]);
        command.CommandTimeout = 2;
        var found = await command.ReadAsync(row => (Job: row.GetString(0), At: row.Instant(1)), ct);
        return found.ToDictionary(f => f.Job, f => f.At);
    }
}

using Npgsql;
using VenueBooking.Data;

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
public sealed class JobBoard(NpgsqlDataSource database, IServiceProvider services, JobScheduler scheduler, JobWatch watch, TimeProvider clock)
{
    /// <summary>A run without an end that is older was interrupted.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    /// <summary>How long a failure is remembered: a job of every few seconds has many runs a day.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public bool SchedulerRuns => scheduler.IsRunning;

    /// <summary>Of each job its newest run, when the newest good one began, and the newest of late that did something or failed.</summary>
    const string NewestRuns = """
        select jobs.job, last.id, last.started_at, last.ended_at, last.done, last.error, good.started_at,
            telling.id, telling.started_at, telling.ended_at, telling.done, telling.error
        from unnest($1) jobs (job)
        left join lateral (
            select * from job_runs r where r.job = jobs.job order by r.started_at desc, r.id desc limit 1) last on true
        left join lateral (
            select r.started_at from job_runs r where r.job = jobs.job and r.ended_at is not null and r.error is null
            order by r.started_at desc, r.id desc limit 1) good on true
        left join lateral (
            select * from job_runs r where r.job = jobs.job and r.started_at > $2 and (r.error is not null or r.done > 0)
            order by r.started_at desc, r.id desc limit 1) telling on true
        """;

    public async Task<IReadOnlyList<JobLine>> AllAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var runs = await NewestRunsAsync(now, ct);
        var backlogs = await database.BacklogsAsync(Schedule.All.Select(e => ((IRecurringJob)services.GetRequiredService(e.Job)).Waiting), ct);
        var next = await scheduler.NextRunsAsync(ct);
        return [.. Schedule.All.Zip(backlogs, (entry, backlog) => LineOf(entry, runs[entry.Name], backlog, next.TryGetValue(entry.Name, out var at) ? at : null, now))];
    }

    JobLine LineOf(Schedule.Entry entry, Newest runs, Backlog backlog, DateTimeOffset? next, DateTimeOffset now)
    {
        var isLate = backlog.OldestDueAt is { } oldest && watch.IsOverdue(entry, oldest, now);
        return new(entry, runs.Last, runs.Telling?.Error is null ? null : runs.Telling, next, backlog, isLate || watch.IsOverdue(entry, runs.Good, now));
    }

    async Task<Dictionary<string, Newest>> NewestRunsAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(NewestRuns).With(Schedule.All.Select(e => e.Name).ToArray(), now - Remembered);
        return (await command.ReadAsync(row => (Job: row.GetString(0), Newest: new Newest(RunOf(row, 1), row.Optional<DateTimeOffset>(6), RunOf(row, 7))), ct))
            .ToDictionary(r => r.Job, r => r.Newest);
    }

    static JobRun? RunOf(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : new()
    {
        Id = row.GetGuid(at),
        Job = row.GetString(0),
        StartedAt = row.Instant(at + 1),
        EndedAt = row.Optional<DateTimeOffset>(at + 2),
        Done = row.Optional<int>(at + 3),
        Error = row.OptionalText(at + 4),
    };

    sealed record Newest(JobRun? Last, DateTimeOffset? Good, JobRun? Telling);
}

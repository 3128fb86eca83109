namespace VenueBooking.Jobs;

/// <summary>Runs that did something or failed are kept a month, runs that found nothing to do a day.</summary>
public sealed class PruneJobRuns(Retention retention, TimeProvider clock) : IRecurringJob
{
    static readonly TimeSpan Month = TimeSpan.FromDays(31), Day = TimeSpan.FromDays(1);
    // The newest run of each job stays, however old: the page must be able to tell when it last ran.
    const string NotNewest = "exists (select 1 from job_runs newer where newer.job = job_runs.job and newer.started_at > job_runs.started_at)";
    const string Old = "started_at < $1 and " + NotNewest;
    const string OldAndEmpty = "started_at < $1 and done = 0 and error is null and " + NotNewest;

    public async Task<int> RunAsync(CancellationToken ct) =>
        await retention.DeleteAsync("job_runs", "id", Old, clock.GetUtcNow() - Month, ct)
        + await retention.DeleteAsync("job_runs", "id", OldAndEmpty, clock.GetUtcNow() - Day, ct);

    public async Task<Backlog> BacklogAsync(CancellationToken ct)
    {
        var empty = await retention.BacklogAsync("job_runs", "started_at", OldAndEmpty, clock.GetUtcNow() - Day, ct);
        return empty with { OldestDueAt = empty.OldestDueAt + Day };
    }
}

/// <summary>An answer to a repeated request is kept two days: no client repeats one longer.</summary>
public sealed class PruneIdempotencyKeys(Retention retention, TimeProvider clock) : IRecurringJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(2);
    const string Old = "created_at < $1";

    public Task<int> RunAsync(CancellationToken ct) =>
        retention.DeleteAsync("idempotency_keys", "owner_id, key", Old, clock.GetUtcNow() - Kept, ct);

    public async Task<Backlog> BacklogAsync(CancellationToken ct)
    {
        var old = await retention.BacklogAsync("idempotency_keys", "created_at", Old, clock.GetUtcNow() - Kept, ct);
        return old with { OldestDueAt = old.OldestDueAt + Kept };
    }
}

namespace VenueBooking.Jobs;

/// <summary>Runs that did something or failed are kept a month, runs that found nothing to do a day.</summary>
public sealed class PruneJobRuns(Retention retention) : IRecurringJob
{
    // The newest run of each job stays, however old: the page must be able to tell when it last ran.
    const string NotNewest = "exists (select 1 from job_runs newer where newer.job = job_runs.job and newer.started_at > job_runs.started_at)";

    static readonly Keeping Runs = new("job_runs", "id", "started_at", TimeSpan.FromDays(31), NotNewest),
        EmptyRuns = new("job_runs", "id", "started_at", TimeSpan.FromDays(1), $"done = 0 and error is null and {NotNewest}");

    public async Task<int> RunAsync(CancellationToken ct) => await retention.DeleteAsync(Runs, ct) + await retention.DeleteAsync(EmptyRuns, ct);

    public BacklogQuery Waiting => retention.Waiting(EmptyRuns);
}

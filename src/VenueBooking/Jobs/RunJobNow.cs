using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Jobs;

/// <summary>Staff run a job themselves, whether or not the scheduler is up. A job derives what is due from the data: running it twice does nothing twice.</summary>
public sealed class RunJobNow(AppDb db, Audit audit, JobRunner runner, IHostApplicationLifetime lifetime)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What a person waiting for it can be told.</summary>
    /// <param name="Done">Null while it still runs, or when it failed.</param>
    public sealed record Answer(int? Done, string? Error);

    public async Task<Answer> RunAsync(Schedule.Entry entry, CancellationToken ct)
    {
        audit.Record("job.run", "job", null, after: new { job = entry.Name });
        await db.SaveChangesAsync(ct);
        // Goes on when the person leaves the page.
        var run = Task.Run(() => runner.RunAsync(entry.Job, lifetime.ApplicationStopping), CancellationToken.None);
        try
        {
            return new(await run.WaitAsync(Patience, ct), null);
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
            return new(null, null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new(null, error.Message);
        }
    }
}

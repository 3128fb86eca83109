using System.Collections.Concurrent;
using VenueBooking.Data;

namespace VenueBooking.Jobs;

/// <summary>
/// Runs a recurring job in a scope of its own and writes down how it went. The scheduler, "run now" and tests all come
/// through here. Within one process a job never overlaps with itself: who comes second waits, then runs.
/// </summary>
public sealed partial class JobRunner(IServiceScopeFactory scopes, JobRuns runs, ILogger<JobRunner> log)
{
    readonly ConcurrentDictionary<Type, SemaphoreSlim> gates = new();

    /// <returns>How many things the job did.</returns>
    public Task<int> RunAsync<TJob>(CancellationToken ct = default) where TJob : class, IRecurringJob => RunAsync(typeof(TJob), ct);

    /// <exception cref="Exception">Whatever the job threw, after it was written down.</exception>
    public async Task<int> RunAsync(Type job, CancellationToken ct = default)
    {
        var gate = gates.GetOrAdd(job, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(ct);
        try
        {
            return await RecordedAsync(job, ct);
        }
        finally
        {
            gate.Release();
        }
    }

    async Task<int> RecordedAsync(Type job, CancellationToken ct)
    {
        var name = SnakeCase.Of(job.Name);
        var run = await runs.StartAsync(name, ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var done = await ((IRecurringJob)scope.ServiceProvider.GetRequiredService(job)).RunAsync(ct);
            // What was done is written down even if the service is stopping.
            await runs.EndAsync(run, done, null, CancellationToken.None);
            if (done > 0)
                Did(name, done);
            return done;
        }
        catch (Exception error)
        {
            Failed(name, error);
            await TryEndAsync(run, error);
            throw;
        }
    }

    async Task TryEndAsync(Guid run, Exception error)
    {
        try
        {
            await runs.EndAsync(run, null, error.Message, CancellationToken.None);
        }
        catch (Exception also) when (DatabaseDown.IsAway(also))
        {
            // The run stays without an end: the jobs page shows it as interrupted.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Job} did {Count}")]
    partial void Did(string job, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed")]
    partial void Failed(string job, Exception error);
}

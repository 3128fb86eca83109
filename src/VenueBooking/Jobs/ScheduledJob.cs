using Quartz;
using Quartz.Extensibility;

namespace VenueBooking.Jobs;

/// <summary>The one job type Quartz knows: runs the recurring job that its key names. Never beside itself, on any instance.</summary>
[DisallowConcurrentExecution]
public sealed class ScheduledJob(JobRunner runner, CancellationToken stopping) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // One that this version no longer has: another instance's, in the middle of an update.
        if (Schedule.Find(context.JobDetail.Key.Name) is not { } entry)
            return;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        try
        {
            await runner.RunAsync(entry.Job, both.Token);
        }
        catch (Exception)
        {
            // The runner wrote it down. Quartz has nothing to add: the job comes round again.
        }
    }
}

/// <summary>Makes them.</summary>
sealed class ScheduledJobs(JobRunner runner, CancellationToken stopping) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new JobScope(new ScheduledJob(runner, stopping), null));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}

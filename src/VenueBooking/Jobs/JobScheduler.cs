using Npgsql;
using Quartz;
using VenueBooking.Data;

namespace VenueBooking.Jobs;

/// <summary>
/// Keeps Quartz running: built in the background once the service listens, so that no start waits for it, and built again
/// when the database was away. Its tables lie in the schema <c>quartz</c>, shared by all instances; each run of a job
/// happens on one of them. Off with <c>Jobs:Enabled=false</c>.
/// </summary>
public sealed partial class JobScheduler(
    JobRunner runner, DatabaseServer server, IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<JobScheduler> log) : BackgroundService
{
    static readonly TimeSpan PauseBeforeBuildingAgain = TimeSpan.FromSeconds(5);

    IScheduler? scheduler;

    /// <summary>Whether this instance takes part in running jobs at the moment.</summary>
    public bool IsRunning => scheduler?.Status == SchedulerStatus.Running;

    /// <summary>When each job runs next on whichever instance; without those of which that cannot be said.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> NextRunsAsync(CancellationToken ct)
    {
        try
        {
            var triggers = IsRunning ? await scheduler!.GetTriggers([.. Schedule.All.Select(e => new TriggerKey(e.Name))], ct) : [];
            return triggers.Where(t => t.NextFireTimeUtc is not null).ToDictionary(t => t.Key.Name, t => t.NextFireTimeUtc!.Value);
        }
        catch (Exception error) when (error is SchedulerException or NpgsqlException)
        {
            return new Dictionary<string, DateTimeOffset>();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue("Jobs:Enabled", true) || !await ListeningAsync(stoppingToken))
            return;
        while (!stoppingToken.IsCancellationRequested && !await TryStartAsync(stoppingToken))
            await Task.Delay(PauseBeforeBuildingAgain, stoppingToken);
    }

    async Task<bool> ListeningAsync(CancellationToken stopping)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(() => listening.TrySetResult());
        await using var stopped = stopping.Register(() => listening.TrySetResult());
        await listening.Task;
        return !stopping.IsCancellationRequested;
    }

    async Task<bool> TryStartAsync(CancellationToken ct)
    {
        try
        {
            scheduler = await BuildAsync(ct);
            await ArrangeAsync(scheduler, ct);
            await scheduler.Start(ct);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            NotStarted(error.GetBaseException().Message);
            if (scheduler is not null)
                await scheduler.Shutdown(waitForJobsToComplete: false, ct);
            scheduler = null;
            return false;
        }
    }

    ValueTask<IScheduler> BuildAsync(CancellationToken ct)
    {
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString) { SearchPath = "quartz", MaxPoolSize = 5, ApplicationName = "VenueBooking jobs" };
        return QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.ConfigureScheduler(o =>
            {
                o.InstanceName = "VenueBooking";
                o.GenerateInstanceId = true;
            });
            quartz.UseDefaultThreadPool(4);
            quartz.UseJobFactory(new ScheduledJobs(runner, lifetime.ApplicationStopping));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(address.ConnectionString);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ProvisionSchema();
            });
        }).BuildScheduler(ct);
    }

    /// <summary>Makes the stored triggers those of <see cref="Schedule"/>. One that is right already keeps its next time: a restart must not run a six-hourly job.</summary>
    static async Task ArrangeAsync(IScheduler scheduler, CancellationToken ct)
    {
        foreach (var entry in Schedule.All)
        {
            var key = new TriggerKey(entry.Name);
            if (await scheduler.GetTrigger(key, ct) is ISimpleTrigger known && known.RepeatInterval == entry.Every)
                await scheduler.ResetTriggerFromErrorState(key, ct);
            else
                await scheduler.ScheduleJob(JobOf(entry), TriggerOf(entry), ScheduleJobOptions.Replacing, ct);
        }
    }

    static IJobDetail JobOf(Schedule.Entry entry) =>
        JobBuilder.Create<ScheduledJob>().WithIdentity(entry.Name).RequestRecovery(false).Build();

    // Missed while nothing ran: once, now, and on from there.
    static ITrigger TriggerOf(Schedule.Entry entry) => TriggerBuilder.Create().WithIdentity(entry.Name).StartNow()
        .WithSimpleSchedule(s => s.WithInterval(entry.Every).RepeatForever()
            .MeasureIntervalFromCompletion().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount))
        .Build();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Jobs see ApplicationStopping and finish what they have in hand.
        if (scheduler is not null)
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The scheduler does not start, trying again shortly: {Reason}")]
    partial void NotStarted(string reason);
}

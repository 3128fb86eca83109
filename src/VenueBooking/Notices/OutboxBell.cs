using System.Threading.Channels;
using VenueBooking.Jobs;

namespace VenueBooking.Notices;

/// <summary>
/// Rings in this process when a notice was put into the outbox, so that its mail need not wait for the job's next round.
/// A mere convenience: what nobody rang for is found by the job. (Not NOTIFY: its lock would put all commits in a row.)
/// </summary>
public sealed class OutboxBell
{
    readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rung.Writer.TryWrite(true);

    internal ValueTask<bool> HeardAsync(CancellationToken ct) => rung.Reader.ReadAsync(ct);
}

/// <summary>
/// Sends when the bell rings, and once the service listens: after a crash the scheduler first has to find out that who held its job is
/// dead, and mail need not wait for that. Off with <c>Jobs:Enabled=false</c>, as all jobs are.
/// </summary>
public sealed class OutboxBellListener(OutboxBell bell, JobRunner runner, IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    // Long enough for the transaction to commit and for those that come together to go together.
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue("Jobs:Enabled", true))
            return;
        await using var started = lifetime.ApplicationStarted.Register(bell.Ring);
        while (!stoppingToken.IsCancellationRequested)
        {
            await bell.HeardAsync(stoppingToken);
            await Task.Delay(Breath, stoppingToken);
            try
            {
                await runner.RunAsync<SendDueNotices>(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Written down by the runner; the job's next round is never far.
            }
        }
    }
}

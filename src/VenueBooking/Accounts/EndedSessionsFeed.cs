using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Accounts;

/// <summary>Listens for stamps that changed on any instance; reads them when told, when it was cut off, and now and then all the same.</summary>
sealed partial class EndedSessionsFeed(NpgsqlDataSource database, EndedSessions sessions, ILogger<EndedSessionsFeed> log) : BackgroundService
{
    static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);
    /// <summary>What was kept long enough goes; and should the connection be dead without anybody having said so, this finds out.</summary>
    static readonly TimeSpan NowAndThen = TimeSpan.FromMinutes(1);

    /// <summary>Before the first request is served.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await sessions.LearnAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Interrupted(error.Message);
                await Task.Delay(AfterTrouble, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using (var listen = new NpgsqlCommand("listen sessions_ended", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        while (true)
        {
            await sessions.LearnAsync(stopping);
            await connection.HearAsync(NowAndThen, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of ended sessions is interrupted: {Reason}")]
    partial void Interrupted(string reason);
}

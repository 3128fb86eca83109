using Npgsql;

namespace VenueBooking.Data;

/// <summary>Brings the private PostgreSQL back when it dies under a running service. Requests meanwhile get a 503.</summary>
sealed partial class DatabaseWatch(DatabaseServer server, NpgsqlDataSource database, ILogger<DatabaseWatch> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!server.IsEmbedded)
            return;
        // The machine's own timer: this is about processes, not about people's time.
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAfterAsync(stoppingToken);
    }

    async Task LookAfterAsync(CancellationToken ct)
    {
        try
        {
            if (!await server.ReviveAsync(ct))
                return;
            database.Clear();
            Revived();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            StillDown(error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL had stopped and was started again")]
    partial void Revived();

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL has stopped and does not start: {Reason}")]
    partial void StillDown(string reason);
}

using System.Globalization;
using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Bookings;

/// <summary>
/// Carries <see cref="SlotNews"/> between instances over LISTEN/NOTIFY, on connections of its own: a booking's transaction
/// does not notify, for that would make commits wait for one another. What is lost when an instance dies is no more than a
/// reading that is out of date for less than a second. Rare transactions of others (staff's, an ending membership's) notify
/// themselves, for all instances: see <see cref="EndBookings"/> and SlotWriter in Supply.
/// </summary>
sealed partial class SlotChangeFeed(NpgsqlDataSource database, SlotNews news, ILogger<SlotChangeFeed> log) : BackgroundService
{
    public const string Channel = "slot_changes";
    /// <summary>A payload has less than 8,000 bytes; a change takes 43.</summary>
    const int MostAtOnce = 150;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), AfterTrouble = TimeSpan.FromSeconds(1),
        NowAndThen = TimeSpan.FromMinutes(1);

    readonly string self = Guid.CreateVersion7().ToString("N");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepAsync(ListenAsync, stoppingToken), KeepAsync(TellAsync, stoppingToken));

    async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
            try
            {
                await work(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Interrupted(error.Message);
                await Task.Delay(AfterTrouble, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        connection.Notification += (_, said) => Hear(said.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        while (true)
            await connection.HearAsync(NowAndThen, stopping);
    }

    async Task TellAsync(CancellationToken stopping)
    {
        while (true)
        {
            foreach (var news in Write(self, await news.TakeAsync(stopping)))
            {
                await using var notify = database.CreateCommand("select pg_notify($1, $2)").With(Channel, news);
                await notify.ExecuteNonQueryAsync(stopping);
            }
            await Task.Delay(Pause, stopping);
        }
    }

    void Hear(string payload)
    {
        if (payload.StartsWith(self, StringComparison.Ordinal))
            return;
        foreach (var change in payload.Split(' ').Skip(1))
            if (change.Length == 42 && Guid.TryParseExact(change[..32], "N", out var venue)
                && DateOnly.TryParseExact(change[32..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                news.Heard(venue, day);
    }

    /// <summary>Changes as payloads of <see cref="Channel"/>.</summary>
    /// <param name="from">The instance that knows already; anything else tells all.</param>
    public static IEnumerable<string> Write(string from, IEnumerable<(Guid VenueId, DateOnly Day)> changes) => changes.Chunk(MostAtOnce)
        .Select(part => from + string.Concat(part.Select(c => string.Create(CultureInfo.InvariantCulture, $" {c.VenueId:N}{c.Day:yyyy-MM-dd}"))));

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of changed slots is interrupted: {Reason}")]
    partial void Interrupted(string reason);
}

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
sealed class SlotChangeFeed(NpgsqlDataSource database, Listener listener, SlotNews news) : BackgroundService
{
    /// <summary>A payload has less than 8,000 bytes; a change takes 43.</summary>
    const int MostAtOnce = 150;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly string self = Guid.CreateVersion7().ToString("N");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(listener.ListenAsync(Channels.SlotChanges, Hear, _ => Task.CompletedTask, stoppingToken), listener.KeepAsync(Channels.SlotChanges, TellAsync, stoppingToken));

    async Task TellAsync(CancellationToken stopping)
    {
        while (true)
        {
            foreach (var payload in Write(self, await news.TakeAsync(stopping)))
            {
                await using var notify = database.CreateCommand("select pg_notify($1, $2)").With(Channels.SlotChanges, payload);
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

    /// <summary>Changes as payloads of <see cref="Channels.SlotChanges"/>.</summary>
    /// <param name="from">The instance that knows already; anything else tells all.</param>
    public static IEnumerable<string> Write(string from, IEnumerable<(Guid VenueId, DateOnly Day)> changes) => changes.Chunk(MostAtOnce)
        .Select(part => from + string.Concat(part.Select(c => string.Create(CultureInfo.InvariantCulture, $" {c.VenueId:N}{c.Day:yyyy-MM-dd}"))));
}

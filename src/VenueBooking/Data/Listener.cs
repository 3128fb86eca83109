using Npgsql;

namespace VenueBooking.Data;

/// <summary>
/// Listens to what instances tell one another over NOTIFY, each channel on a connection of its own, and begins again after trouble.
/// What is said while a connection is down is not heard: who must not miss anything looks for itself whenever <c>look</c> is called.
/// </summary>
public sealed partial class Listener(NpgsqlDataSource database, ILogger<Listener> log)
{
    static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1), NowAndThen = TimeSpan.FromMinutes(1);

    /// <param name="channel">Its name, of ours.</param>
    /// <param name="hear">Takes what was said.</param>
    /// <param name="look">Called once listening has begun, after each time something was heard, and every minute when nothing was.</param>
    /// <param name="stopping">Ends it.</param>
    public Task ListenAsync(string channel, Action<string> hear, Func<CancellationToken, Task> look, CancellationToken stopping) =>
        KeepAsync(channel, ct => ListenOnceAsync(channel, hear, look, ct), stopping);

    /// <summary>Does work that has no end, again and again whatever goes wrong with it.</summary>
    public async Task KeepAsync(string channel, Func<CancellationToken, Task> work, CancellationToken stopping)
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
                Interrupted(channel, error.Message);
                await Task.Delay(AfterTrouble, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    async Task ListenOnceAsync(string channel, Action<string> hear, Func<CancellationToken, Task> look, CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        connection.Notification += (_, said) => hear(said.Payload);
        await using (var listen = new NpgsqlCommand($"listen {channel}", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        while (true)
        {
            await look(stopping);
            await WaitAsync(connection, stopping);
        }
    }

    /// <summary>
    /// When nothing was said for a while, the connection itself has to answer: one that died without anybody having said so would
    /// otherwise be listened to for ever.
    /// </summary>
    static async Task WaitAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        if (await connection.WaitAsync(NowAndThen, stopping))
            return;
        await using var ask = new NpgsqlCommand("select 1", connection);
        await ask.ExecuteNonQueryAsync(stopping);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of {Channel} is interrupted: {Reason}")]
    partial void Interrupted(string channel, string reason);
}

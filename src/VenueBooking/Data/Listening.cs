using Npgsql;

namespace VenueBooking.Data;

static class Listening
{
    /// <summary>
    /// Waits for a notification. When none came for a while, the connection itself has to answer: one that died without anybody
    /// having said so would otherwise be listened to for ever.
    /// </summary>
    public static async Task HearAsync(this NpgsqlConnection connection, TimeSpan patience, CancellationToken stopping)
    {
        if (await connection.WaitAsync(patience, stopping))
            return;
        await using var ask = new NpgsqlCommand("select 1", connection);
        await ask.ExecuteNonQueryAsync(stopping);
    }
}

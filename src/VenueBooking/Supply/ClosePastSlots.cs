using Npgsql;
using VenueBooking.Jobs;

namespace VenueBooking.Supply;

/// <summary>open → closed, once it is over.</summary>
public sealed class ClosePastSlots(NpgsqlDataSource database, TimeProvider clock) : IRecurringJob
{
    const int Chunk = 5_000;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var all = 0;
        while (true)
        {
            // An array, so that the slots are fetched by their key however many the planner expects.
            await using var command = database.CreateCommand($"""
                update slots set state = 'closed' where id = any(array(
                    select id from slots where state = 'open' and ends_at <= $1 order by id limit {Chunk} for no key update skip locked))
                """);
            command.Parameters.Add(new() { Value = clock.GetUtcNow() });
            var closed = await command.ExecuteNonQueryAsync(ct);
            all += closed;
            if (closed < Chunk)
                return all;
        }
    }

    public async Task<Backlog> BacklogAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select count(*), min(ends_at) from slots where state = 'open' and ends_at <= $1");
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new((int)Math.Min(reader.GetInt64(0), int.MaxValue), await reader.IsDBNullAsync(1, ct) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(1, ct));
    }
}

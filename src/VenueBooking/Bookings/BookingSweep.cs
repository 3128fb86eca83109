using Npgsql;
using VenueBooking.Data;
using VenueBooking.Jobs;

namespace VenueBooking.Bookings;

/// <summary>
/// Set-based work on bookings that are due for something, in chunks: each a transaction of its own, so that nobody waits long
/// and what a dying process had not finished is due again.
/// </summary>
public sealed class BookingSweep(NpgsqlDataSource database, SlotNews news, TimeProvider clock)
{
    /// <summary>Handed on as an array, so that rows are fetched by their key however many the planner expects.</summary>
    const int Chunk = 2_000;

    /// <summary>Puts a notice into the outbox for every booking that is due one; once per (kind, booking), ever.</summary>
    /// <param name="due">Condition on bookings <c>b</c>, with $1 for now.</param>
    /// <param name="expires">When the notice is worth nothing any more, as SQL on <c>b</c>.</param>
    public Task<int> TellAsync(string kind, string due, string expires, CancellationToken ct) => database.DrainAsync($"""
        insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, created_at, due_at, next_attempt_at, expires_at)
        select gen_random_uuid(), '{kind}', b.id::text, b.member_id, b.id, $1, $1, $1, {expires}
        from bookings b
        where {due} and b.member_id is not null and {NotTold(kind)}
        order by b.starts_at, b.id limit {Chunk}
        on conflict (kind, dedupe_key) do nothing
        """, Chunk, clock.GetUtcNow(), ct);

    public BacklogQuery Untold(string kind, string due, string since) => Waiting($"{due} and b.member_id is not null and {NotTold(kind)}", since);

    /// <summary>Ends bookings that are due for it.</summary>
    /// <param name="due">Condition on bookings <c>b</c>, with $1 for now. A booking that no longer meets it once locked is left alone.</param>
    public async Task<int> EndAsync(string due, EndReason reason, CancellationToken ct)
    {
        var end = new EndBookings($"b.slot_id = any($2) and {due}", reason);
        var all = 0;
        while (true)
        {
            var ended = await EndChunkAsync(due, end, ct);
            news.Report(ended);
            all += ended.Count;
            if (ended.Count == 0)
                return all;
        }
    }

    async Task<IReadOnlyList<EndBookings.Ended>> EndChunkAsync(string due, EndBookings end, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var work = await connection.BeginTransactionAsync(ct);
        var slots = new List<Guid>();
        await using (var locking = new NpgsqlCommand($"""
            select id from slots where id = any(array(select b.slot_id from bookings b where {due} limit {Chunk})) order by id for no key update
            """, connection).With(now))
        await using (var reader = await locking.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
                slots.Add(reader.GetGuid(0));
        if (slots.Count == 0)
            return [];
        await using var batch = new NpgsqlBatch(connection, work) { BatchCommands = { end.End(now, [.. slots]) } };
        IReadOnlyList<EndBookings.Ended> ended;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
            ended = await EndBookings.ReadAsync(reader, ct);
        await work.CommitAsync(ct);
        return ended;
    }

    /// <summary>A change of state that touches nothing else.</summary>
    public Task<int> MarkAsync(string due, string change, CancellationToken ct) => database.DrainAsync($"""
        update bookings set {change}
        where id = any(array(select b.id from bookings b where {due} order by b.id limit {Chunk} for no key update skip locked))
        """, Chunk, clock.GetUtcNow(), ct);

    /// <param name="since">Since when a booking has been due, as SQL on <c>b</c>.</param>
    public BacklogQuery Waiting(string due, string since) => new($"select count(*), min({since}) from bookings b where {due}", clock.GetUtcNow());

    // Looked up for each booking. As "not exists" it is planned by how many notices of the kind there were when statistics were last
    // gathered: none, the first time, and then all there are by now are gone through for each booking.
    static string NotTold(string kind) => $"(select o.id from outbox o where o.kind = '{kind}' and o.dedupe_key = b.id::text) is null";
}

using Npgsql;
using VenueBooking.Data;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// One transaction for many requests, in two trips: one that locks and reads, one that writes and commits; a third between them
/// where a union has a cap. Locks are taken in the order memberships → slots → unions, each by id, so that two batches never wait
/// for each other in a circle. Each statement sees what was committed before it began, hence everything that happened before its
/// locks were had.
/// </summary>
public sealed class BookingBatch(NpgsqlConnection connection, BookingPolicy policy)
{
    public async Task<IReadOnlyList<Outcome<Booking>>> RunAsync(IReadOnlyList<BookingRequest> requests, DateTimeOffset now)
    {
        var state = new BatchState(policy);
        await ReadAsync(state, requests, now);
        if (state.HasCaps)
            await ReadCapsAsync(state, requests);
        var outcomes = new Outcome<Booking>[requests.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = state.Decide(requests[i], now);
        await WriteAsync(state, now);
        return outcomes;
    }

    async Task ReadAsync(BatchState state, IReadOnlyList<BookingRequest> requests, DateTimeOffset now)
    {
        var (members, slots) = (MembersOf(requests), SlotsOf(requests));
        var ids = requests.Select(r => r.RequestId).OfType<Guid>().ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("begin"),
                new(BatchSql.PlanForGrowth),
                Command(BatchSql.LockMembers, members),
                Command(BatchSql.LockSlots, slots),
                // A slot that can be booked has not ended; what overlaps it, or lies in its week, began in this week or later.
                Command(BatchSql.MemberBookings, members, SiteTime.StartOf(SiteTime.WeekOf(SiteTime.DayOf(now)).AddDays(-1))),
            },
        };
        if (ids.Length > 0)
            batch.BatchCommands.Add(Command(BatchSql.Repeated, members, ids));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            state.Add(reader.GetGuid(0), SnakeCase.Parse<MembershipState>(reader.GetString(1)), reader.Optional<Guid>(2),
                reader.IsDBNull(3) ? [] : reader.GetFieldValue<Guid[]>(3), reader.GetBoolean(4));
        await EachAsync(reader, r => state.Add(BatchSql.ReadSlot(r)));
        await EachAsync(reader, r => state.Add(r.GetGuid(0), new(r.GetGuid(1), r.GetString(2), r.Instant(3), r.Instant(4),
            SnakeCase.Parse<BookingState>(r.GetString(5)))));
        if (ids.Length > 0)
            await EachAsync(reader, r => state.AddRepeated(BatchSql.ReadBooking(r)));
    }

    /// <summary>The caps as they are once locked, and how many of each union's people have booked on the days in question.</summary>
    async Task ReadCapsAsync(BatchState state, IReadOnlyList<BookingRequest> requests)
    {
        var (members, slots) = (MembersOf(requests), SlotsOf(requests));
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Command(BatchSql.LockCappedUnions, members), Command(BatchSql.UnionDays, members, slots) },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            state.AddCap(reader.GetGuid(0), reader.GetInt32(1));
        await EachAsync(reader, r => state.AddPeople(r.GetGuid(0), r.GetFieldValue<DateOnly>(1), r.GetInt32(2)));
    }

    static Guid[] MembersOf(IReadOnlyList<BookingRequest> requests) => [.. requests.Select(r => r.MemberId).OfType<Guid>().Distinct()];

    static Guid[] SlotsOf(IReadOnlyList<BookingRequest> requests) => [.. requests.Select(r => r.SlotId).Distinct()];

    async Task WriteAsync(BatchState state, DateTimeOffset now)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (state.Made.Count == 0)
            // Nothing but locks to give back: no need to wait for the disk.
            batch.BatchCommands.Add(new("rollback"));
        else
        {
            var taken = state.Taken.ToList();
            batch.BatchCommands.Add(BatchSql.Insert(state.Made));
            batch.BatchCommands.Add(Command(BatchSql.TakePlaces, taken.Select(t => t.SlotId).ToArray(), taken.Select(t => t.Places).ToArray()));
            batch.BatchCommands.Add(BatchSql.InsertNotices(state.Made, now));
            foreach (var (entry, booking) in state.Entries)
                batch.BatchCommands.Add(BatchSql.InsertAudit(entry, booking));
            batch.BatchCommands.Add(new("commit"));
        }
        await batch.ExecuteNonQueryAsync();
    }

    static async Task EachAsync(NpgsqlDataReader reader, Action<NpgsqlDataReader> take)
    {
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            take(reader);
    }

    static NpgsqlBatchCommand Command<T>(string sql, T first) =>
        new(sql) { Parameters = { new NpgsqlParameter<T> { TypedValue = first } } };

    static NpgsqlBatchCommand Command<T1, T2>(string sql, T1 first, T2 second) =>
        new(sql) { Parameters = { new NpgsqlParameter<T1> { TypedValue = first }, new NpgsqlParameter<T2> { TypedValue = second } } };
}

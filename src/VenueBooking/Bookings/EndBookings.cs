using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// Ends live bookings before their time, in one statement: their places are free again and their owners are told. The slots
/// they stand on are locked before it, in id order, as everybody does.
/// </summary>
/// <param name="Which">Condition on bookings <c>b</c>, with $1 for now, $2 for ids that the caller gives, $3 for <see cref="MemberId"/>.</param>
/// <param name="Reason">Says what they become and which mail goes.</param>
sealed record EndBookings(string Which, EndReason Reason)
{
    const string Live = "b.state in ('booked', 'checked_in')";

    /// <summary>Whose they are, for those conditions that ask.</summary>
    public Guid? MemberId { get; init; }
    /// <summary>What staff have to say to their owners. A guest has no account: nobody would read it, and nothing would ever erase it.</summary>
    public string? Note { get; init; }

    /// <summary>A booking that ended.</summary>
    public readonly record struct Ended(Guid VenueId, DateTimeOffset StartsAt);

    /// <summary>
    /// In the transaction that is open on the AppDb. Whoever shows these slots hears of it with the commit, for to read them anew
    /// before it would be to read what they were.
    /// </summary>
    public async Task<int> RunAsync(AppDb db, DateTimeOffset now, Guid[] ids, CancellationToken ct)
    {
        var work = db.InTransaction();
        await using var batch = new NpgsqlBatch(work.Connection, work) { BatchCommands = { LockSlots(now, ids), End(now, ids) } };
        IReadOnlyList<Ended> ended;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.NextResultAsync(ct);
            ended = await ReadAsync(reader, ct);
        }
        foreach (var news in SlotChangeFeed.Write("bookings", ended.Select(e => (e.VenueId, SiteTime.DayOf(e.StartsAt))).Distinct()))
            await db.Database.ExecuteSqlAsync($"select pg_notify({Channels.SlotChanges}, {news})", ct);
        return ended.Count;
    }

    public NpgsqlBatchCommand LockSlots(DateTimeOffset now, Guid[] ids) => new($"""
        select id from slots where id in (select b.slot_id from bookings b where {Which} and {Live}) order by id for no key update
        """)
    {
        Parameters = { new() { Value = now }, new() { Value = ids }, Maybe(MemberId, NpgsqlDbType.Uuid) },
    };

    /// <summary>The slots are locked. Its rows are for <see cref="ReadAsync"/>.</summary>
    public NpgsqlBatchCommand End(DateTimeOffset now, Guid[] ids) => new($"""
        with gone as (
            update bookings b set state = $4, ended_at = $1, end_reason = $5, end_note = case when b.member_id is not null then $7 end,
                sequence = b.sequence + 1
            where {Which} and {Live}
            returning b.id, b.slot_id, b.venue_id, b.starts_at, b.places, b.member_id),
        freed as (
            update slots s set taken = s.taken - g.places
            from (select slot_id, sum(places)::int as places from gone group by slot_id) g where s.id = g.slot_id),
        told as (
            insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, created_at, due_at, next_attempt_at)
            select gen_random_uuid(), $6, id::text, member_id, id, $1, $1, $1 from gone where member_id is not null and $6 is not null
            on conflict (kind, dedupe_key) do nothing)
        select venue_id, starts_at from gone
        """)
    {
        Parameters =
        {
            new() { Value = now }, new() { Value = ids }, Maybe(MemberId, NpgsqlDbType.Uuid), new() { Value = SnakeCase.Word(Reason.State()) },
            new() { Value = SnakeCase.Word(Reason) }, Maybe(Reason.Notice(), NpgsqlDbType.Varchar), Maybe(Note, NpgsqlDbType.Text),
        },
    };

    public static async Task<IReadOnlyList<Ended>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var ended = new List<Ended>();
        while (await reader.ReadAsync(ct))
            ended.Add(new(reader.GetGuid(0), reader.Instant(1)));
        return ended;
    }

    static NpgsqlParameter Maybe(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

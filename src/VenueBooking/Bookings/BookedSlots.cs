using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What Supply asks before it takes a slot away, and what becomes of those who booked it.</summary>
public sealed class BookedSlots(AppDb db, SlotChanges changes, TimeProvider clock) : ISlotUse
{
    public async Task<IReadOnlyList<SlotUse>> OfAsync(IReadOnlyCollection<Guid> slotIds, CancellationToken ct) => await (
        from b in db.Set<Booking>().AsNoTracking()
        where slotIds.Contains(b.SlotId) && (b.State == BookingState.Booked || b.State == BookingState.CheckedIn)
        join m in db.Set<Membership>() on b.MemberId equals m.UserId into members
        from m in members.DefaultIfEmpty()
        orderby b.StartsAt, b.Id
        select new SlotUse(b.SlotId, b.Id, b.GuestName ?? (m == null ? "" : m.Name), b.PartySize, b.StartsAt, b.EndsAt)).ToListAsync(ct);

    public async Task<int> CancelAsync(IReadOnlyCollection<Guid> slotIds, string reason, string note, CancellationToken ct)
    {
        var payload = JsonSerializer.Serialize(new { reason, note }, JsonSerializerOptions.Web);
        return (await CancelAsync(db, changes, "b.slot_id = any($2)", slotIds.ToArray(), reason, BookingNotices.Closed, payload, clock.GetUtcNow(), ct)).Count;
    }

    /// <summary>In the transaction that is open on the AppDb; its caller holds the locks on the slots.</summary>
    /// <param name="which">Condition on bookings <c>b</c>, with $2 for <paramref name="ids"/>.</param>
    /// <param name="kind">The mail that says so; null: nobody is told.</param>
    internal static async Task<IReadOnlyList<Guid>> CancelAsync(
        AppDb db, SlotChanges changes, string which, Guid[] ids, string reason, string? kind, string payload, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand($"""
            with gone as (
                update bookings b set state = 'cancelled', ended_at = $1, end_reason = $3, sequence = b.sequence + 1
                where {which} and b.state in ('booked', 'checked_in')
                returning b.id, b.slot_id, b.venue_id, b.starts_at, b.places, b.member_id),
            freed as (
                update slots s set taken = s.taken - g.places
                from (select slot_id, sum(places)::int as places from gone group by slot_id) g where s.id = g.slot_id),
            told as (
                insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, payload, created_at, due_at, next_attempt_at)
                select gen_random_uuid(), $5, id::text, member_id, id, $4, $1, $1, $1 from gone where member_id is not null and $5 <> ''
                on conflict (kind, dedupe_key) do nothing)
            select id, venue_id, starts_at from gone
            """, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction())
            .With(now, ids, reason, payload, kind ?? "");
        command.Parameters[3].NpgsqlDbType = NpgsqlDbType.Jsonb;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var gone = new List<Guid>();
        while (await reader.ReadAsync(ct))
        {
            gone.Add(reader.GetGuid(0));
            changes.Report(reader.GetGuid(1), SiteTime.DayOf(BatchSql.Instant(reader, 2)));
        }
        return gone;
    }
}

/// <summary>What bookings know about a person.</summary>
public sealed class BookedPersonalData(AppDb db, SlotChanges changes, TimeProvider clock) : IPersonalData
{
    public string Section => "bookings";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct) => await (
        from b in db.Set<Booking>().AsNoTracking()
        join v in db.Set<Venues.Venue>() on b.VenueId equals v.Id
        where b.MemberId == userId
        orderby b.StartsAt
        select new { Venue = v.Name, b.Activity, b.StartsAt, b.EndsAt, b.PartySize, State = b.State.ToString(), b.CreatedAt, b.CheckedInAt, b.EndedAt }).ToListAsync(ct);

    /// <summary>What lies ahead is cancelled, the feed ends; what has been stays as numbers that point at nobody.</summary>
    public async Task EraseAsync(Guid userId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            select id from slots
            where id in (select slot_id from bookings where member_id = {userId} and state in ('booked', 'checked_in'))
            order by id for no key update
            """, ct);
        await BookedSlots.CancelAsync(db, changes, "b.member_id = any($2)", [userId], "erased", null, "{}", clock.GetUtcNow(), ct);
        await db.Database.ExecuteSqlAsync($"delete from calendar_feeds where user_id = {userId}", ct);
        await db.Database.ExecuteSqlAsync($"delete from idempotency_keys where owner_id = {userId}", ct);
    }
}

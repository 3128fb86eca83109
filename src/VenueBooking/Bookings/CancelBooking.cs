using Npgsql;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A member gives their booking back.</summary>
public sealed record CancelBooking(Guid BookingId, Guid MemberId);

public sealed class CancelBookingHandler(NpgsqlDataSource database, SlotChanges changes, TimeProvider clock)
{
    /// <summary>The slot first, then the booking: the order everybody keeps.</summary>
    const string LockSlot = """
        select id from slots where id = (select slot_id from bookings where id = $1 and member_id = $2) for no key update
        """;

    const string Cancel = """
        with gone as (
            update bookings b
            set state = 'cancelled', ended_at = $3, ended_by = $2, end_reason = 'member', sequence = b.sequence + 1
            from slots s
            where b.id = $1 and b.member_id = $2 and b.state = 'booked' and s.id = b.slot_id and s.cancel_until >= $3
            returning b.id, b.slot_id, b.places, b.member_id),
        freed as (
            update slots s set taken = s.taken - gone.places from gone where s.id = gone.slot_id),
        told as (
            insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, created_at, due_at, next_attempt_at)
            select $4, 'booking_cancelled', id::text, member_id, id, $3, $3, $3 from gone
            on conflict (kind, dedupe_key) do nothing)
        select id from gone
        """;

    const string Look = $"""
        select {BatchSql.BookingColumns}, (select cancel_until from slots where id = slot_id) from bookings where id = $1 and member_id = $2
        """;

    public async Task<Outcome<Booking>> HandleAsync(CancelBooking wish, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(LockSlot, wish.BookingId, wish.MemberId));
        batch.BatchCommands.Add(Sql.Command(Cancel, wish.BookingId, wish.MemberId, now, Guid.CreateVersion7()));
        batch.BatchCommands.Add(Sql.Command(Look, wish.BookingId, wish.MemberId));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var done = await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
            return Refusal.NotFound;
        var booking = BatchSql.ReadBooking(reader);
        if (!done)
            return WhyNot(booking, BatchSql.Instant(reader, reader.FieldCount - 1), now);
        changes.Report(booking.VenueId, SiteTime.DayOf(booking.StartsAt));
        return booking;
    }

    static Refusal WhyNot(Booking booking, DateTimeOffset cancelUntil, DateTimeOffset now) => booking.State switch
    {
        BookingState.Cancelled => BookingRefusals.AlreadyCancelled,
        BookingState.Booked when now > cancelUntil => BookingRefusals.CancelTooLate(cancelUntil),
        _ => BookingRefusals.NotCancellable,
    };
}

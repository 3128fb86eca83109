using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A member gives their booking back.</summary>
public sealed record CancelBooking(Guid BookingId, Guid MemberId);

public sealed class CancelBookingHandler(NpgsqlDataSource database, SlotNews news, TimeProvider clock)
{
    static readonly EndBookings Cancel = new(
        "b.id = any($2) and b.member_id = $3 and b.state = 'booked' and exists (select from slots s where s.id = b.slot_id and s.cancel_until >= $1)",
        EndReason.Member);

    const string Look = $"""
        select {BatchSql.BookingColumns}, (select cancel_until from slots where id = slot_id) from bookings where id = $1 and member_id = $2
        """;

    public async Task<Outcome<Booking>> HandleAsync(CancelBooking wish, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var cancel = Cancel with { MemberId = wish.MemberId };
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(cancel.LockSlots(now, [wish.BookingId]));
        batch.BatchCommands.Add(cancel.End(now, [wish.BookingId]));
        batch.BatchCommands.Add(Sql.Command(Look, wish.BookingId, wish.MemberId));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var ended = await EndBookings.ReadAsync(reader, ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
            return Refusal.NotFound;
        var booking = BatchSql.ReadBooking(reader);
        if (ended.Count == 0)
            return WhyNot(booking, reader.Instant(reader.FieldCount - 1), now);
        news.Report(ended);
        return booking;
    }

    static Refusal WhyNot(Booking booking, DateTimeOffset cancelUntil, DateTimeOffset now) => booking.State switch
    {
        BookingState.Cancelled => BookingRefusals.AlreadyCancelled,
        BookingState.Booked when now > cancelUntil => BookingRefusals.CancelTooLate(cancelUntil),
        _ => BookingRefusals.NotCancellable,
    };
}

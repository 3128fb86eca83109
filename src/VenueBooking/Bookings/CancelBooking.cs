using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A member gives their booking back.</summary>
public sealed record CancelBooking(Guid BookingId, Guid MemberId, ClaimedKey? Key = null);

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
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var work = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, work)
        {
            BatchCommands = { cancel.LockSlots(now, [wish.BookingId]), cancel.End(now, [wish.BookingId]), Sql.Command(Look, wish.BookingId, wish.MemberId) },
        };
        IReadOnlyList<EndBookings.Ended> ended;
        Booking booking;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.NextResultAsync(ct);
            ended = await EndBookings.ReadAsync(reader, ct);
            await reader.NextResultAsync(ct);
            if (!await reader.ReadAsync(ct))
                return Refusal.NotFound;
            booking = BatchSql.ReadBooking(reader);
            if (ended.Count == 0)
                return WhyNot(booking, reader.Instant(reader.FieldCount - 1), now);
        }
        if (wish.Key is { } key && !await key.AnswerAsync(work, BookingItem.BytesOf(booking), ct))
            return BookingRefusals.TryAgain;
        await work.CommitAsync(ct);
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

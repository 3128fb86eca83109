using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>"Yes, I still come": asked for between 48 and 24 hours before, of bookings made long ahead.</summary>
public sealed record ConfirmBooking(Guid BookingId, Guid MemberId, ClaimedKey? Key = null);

public sealed class ConfirmBookingHandler(NpgsqlDataSource database, TimeProvider clock)
{
    const string Confirm = """
        update bookings set confirmed_at = coalesce(confirmed_at, $3)
        where id = $1 and member_id = $2 and state = 'booked' and (confirmed_at is not null or (confirm_from <= $3 and confirm_by > $3))
        returning id
        """;

    const string Look = $"select {BatchSql.BookingColumns} from bookings where id = $1 and member_id = $2";

    public async Task<Outcome<Booking>> HandleAsync(ConfirmBooking wish, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var work = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, work)
        {
            BatchCommands = { Sql.Command(Confirm, wish.BookingId, wish.MemberId, now), Sql.Command(Look, wish.BookingId, wish.MemberId) },
        };
        Booking booking;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            var done = await reader.ReadAsync(ct);
            await reader.NextResultAsync(ct);
            if (!await reader.ReadAsync(ct))
                return Refusal.NotFound;
            booking = BatchSql.ReadBooking(reader);
            if (!done)
                return WhyNot(booking, now);
        }
        if (wish.Key is { } key && !await key.AnswerAsync(work, BookingItem.BytesOf(booking), ct))
            return BookingRefusals.TryAgain;
        await work.CommitAsync(ct);
        return booking;
    }

    static Refusal WhyNot(Booking booking, DateTimeOffset now) =>
        booking is { State: BookingState.Booked, ConfirmFrom: { } from } && now < from ? BookingRefusals.ConfirmTooEarly(from) : BookingRefusals.NotConfirmable;
}

using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>"Yes, I still come": asked for between 48 and 24 hours before, of bookings made long ahead.</summary>
public sealed record ConfirmBooking(Guid BookingId, Guid MemberId);

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
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Sql.Command(Confirm, wish.BookingId, wish.MemberId, now));
        batch.BatchCommands.Add(Sql.Command(Look, wish.BookingId, wish.MemberId));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var done = await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
            return Refusal.NotFound;
        var booking = BatchSql.ReadBooking(reader);
        if (done)
            return booking;
        return booking is { State: BookingState.Booked, ConfirmFrom: { } from } && now < from
            ? BookingRefusals.ConfirmTooEarly(from)
            : BookingRefusals.NotConfirmable;
    }
}

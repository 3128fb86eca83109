using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A member wants a slot.</summary>
/// <param name="RequestId">Of the form shown or the Idempotency-Key sent: asking twice with the same one books once. Null: none was sent.</param>
public sealed record BookSlot(Guid? RequestId, Guid SlotId, Guid MemberId, int PartySize);

public sealed class BookSlotHandler(BookingWriter writer)
{
    public Task<Outcome<Booking>> HandleAsync(BookSlot wish, CancellationToken ct = default) =>
        writer.BookAsync(new(wish.RequestId, wish.SlotId, wish.MemberId, wish.PartySize)).WaitAsync(ct);
}

using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A member wants a slot.</summary>
/// <param name="RequestId">Of the form shown or the Idempotency-Key sent: asking twice with the same one books once. Null: none was sent.</param>
public sealed record BookSlot(Guid? RequestId, Guid SlotId, Guid MemberId, int PartySize);

public sealed class BookSlotHandler(BookingWriter writer, Alternatives alternatives)
{
    public Task<Outcome<Booking>> HandleAsync(BookSlot wish, CancellationToken ct = default) => writer.BookAsync(RequestOf(wish)).WaitAsync(ct);

    /// <summary>The same, and where it is refused, what could be had instead; null where nothing else would help.</summary>
    public async Task<(Outcome<Booking> Made, IReadOnlyList<SlotLine>? Instead)> BookOrOfferAsync(BookSlot wish, CancellationToken ct)
    {
        var request = RequestOf(wish);
        var made = await writer.BookAsync(request).WaitAsync(ct);
        return made.IsRefused && request.Found is { } found && Alternatives.HelpAfter(made.Refusal)
            ? (made, await alternatives.NearestAsync(found.Slot, found.Usage, wish.PartySize, ct))
            : (made, null);
    }

    static BookingRequest RequestOf(BookSlot wish) => new(wish.RequestId, wish.SlotId, wish.MemberId, wish.PartySize);
}

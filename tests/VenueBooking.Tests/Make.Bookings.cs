using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Supply;

namespace VenueBooking.Tests;

public sealed partial class Make
{
    /// <summary>A booking as it would stand now; the slot's counter goes with it. Without a member, a new worker's.</summary>
    public async Task<Booking> Booking(
        Slot? slot = null, AppUser? member = null, BookingState state = BookingState.Booked, int partySize = 1, DateTimeOffset? createdAt = null,
        DateTimeOffset? confirmFrom = null, DateTimeOffset? confirmBy = null, string? code = null, EndReason? endReason = null)
    {
        slot ??= await Slot();
        member ??= await Worker();
        var booking = await Save(new Booking
        {
            Id = Guid.CreateVersion7(),
            SlotId = slot.Id,
            VenueId = slot.VenueId,
            MemberId = member.Id,
            UnionId = await app.Scalar<object>("select (select union_id from memberships where user_id = $1)", member.Id) as Guid?,
            Activity = slot.Activity,
            StartsAt = slot.StartsAt,
            EndsAt = slot.EndsAt,
            PartySize = partySize,
            Places = slot.IsExclusive ? 1 : partySize,
            Code = code ?? Code(),
            State = endReason?.State() ?? state,
            EndReason = endReason,
            EndedAt = endReason is null ? null : Now,
            CreatedAt = createdAt ?? Now,
            ConfirmFrom = confirmFrom,
            ConfirmBy = confirmBy,
        });
        var holdsPlace = booking.State is not (BookingState.Cancelled or BookingState.Released or BookingState.NoShow);
        if (holdsPlace) await app.Execute("update slots set taken = taken + $2 where id = $1", slot.Id, booking.Places);
        return booking;
    }

    /// <summary>Six characters as tickets have them: no 0, 1, I, L or O.</summary>
    static string Code() => string.Concat(Next().ToString("D6", System.Globalization.CultureInfo.InvariantCulture).Select(digit => "ABCDEFGHJK"[digit - '0']));
}

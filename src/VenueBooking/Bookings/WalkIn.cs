using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Somebody comes to the desk without a booking, and the slot is free: booked and checked in at once.</summary>
/// <param name="Person">A member's card number, or a guest's name.</param>
/// <param name="RequestId">Of the form shown: pressed twice, let in once.</param>
public sealed record WalkIn(Guid RequestId, Guid SlotId, string Person, int PartySize, Guid DeskUserId, bool SeesAll);

public sealed class WalkInHandler(AppDb db, BookingWriter writer, Audit audit)
{
    public const int LongestName = 100;

    public async Task<Outcome<Booking>> HandleAsync(WalkIn wish, CancellationToken ct = default)
    {
        var person = wish.Person.Trim();
        if (person.Length is 0 or > LongestName)
            return BookingRefusals.MemberUnknown;
        if (!await IsInScopeAsync(wish, ct))
            return Refusal.NotFound;
        var card = CardNumbers.Clean(person);
        var member = await db.Set<Membership>().Where(m => m.CardNumber == card && m.State == MembershipState.Verified)
            .Select(m => (Guid?)m.UserId).FirstOrDefaultAsync(ct);
        // A card number that nobody may use is a mistake, not a name.
        if (member is null && person.Any(char.IsDigit))
            return await WhyNotAsync(card, ct);
        return await writer.BookAsync(new(wish.RequestId, wish.SlotId, member, wish.PartySize)
        {
            GuestName = member is null ? person : null,
            WalkInBy = wish.DeskUserId,
            Entry = audit.Make("booking.walk_in", "booking", null, null, new { wish.SlotId, MemberId = member, wish.PartySize }),
        }).WaitAsync(ct);
    }

    /// <summary>A card may have been given by several who are no members, or no more: one of them still waiting counts first, one who was turned down not at all.</summary>
    async Task<Refusal> WhyNotAsync(string? card, CancellationToken ct)
    {
        var states = await db.Set<Membership>().Where(m => m.CardNumber == card && m.RejectedAt == null).Select(m => m.State).Distinct().ToListAsync(ct);
        return states.Contains(MembershipState.Unverified) ? BookingRefusals.CardNotVerified
            : states.Count > 0 ? BookingRefusals.CardEnded
            : BookingRefusals.MemberUnknown;
    }

    Task<bool> IsInScopeAsync(WalkIn wish, CancellationToken ct) => db.Set<Slot>()
        .Where(s => s.Id == wish.SlotId)
        .AnyAsync(s => wish.SeesAll || db.Set<VenueDesk>().Any(d => d.UserId == wish.DeskUserId && d.VenueId == s.VenueId), ct);
}

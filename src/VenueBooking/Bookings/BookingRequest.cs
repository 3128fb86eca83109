using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A wish for a slot on its way through <see cref="BookingWriter"/>.</summary>
/// <param name="RequestId">Of the form or Idempotency-Key: a repeat finds the booking that was made. Null: every request is another.</param>
/// <param name="MemberId">Null: a guest known by name alone, let in by the desk.</param>
public sealed record BookingRequest(Guid? RequestId, Guid SlotId, Guid? MemberId, int PartySize)
{
    public string? GuestName { get; init; }
    /// <summary>The desk that lets them in at once; null for a booking by the member.</summary>
    public Guid? WalkInBy { get; init; }
    /// <summary>What the audit log says of it, written with the booking; its subject's id is the booking's.</summary>
    public AuditEntry? Entry { get; init; }

    /// <summary>What the policy said no to: set before the answer is, so that who is refused need not read it again.</summary>
    internal (Slot Slot, MemberUsage Usage)? Found { get; set; }

    internal TaskCompletionSource<Outcome<Booking>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

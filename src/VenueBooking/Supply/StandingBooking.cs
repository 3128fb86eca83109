namespace VenueBooking.Supply;

/// <summary>A booking that stands on a slot: shown to staff before they take the slot away.</summary>
public sealed record StandingBooking(Guid SlotId, Guid BookingId, string MemberName, int PartySize, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>How a slot goes: shut for the time, no longer offered, or with its agreement.</summary>
public enum SlotEnd { Closed, Withdrawn, Terminated }

/// <summary>What stands on slots. Bookings answers; Supply asks before it closes, withdraws or changes a slot.</summary>
public interface IStandingBookings
{
    Task<IReadOnlyList<StandingBooking>> OfAsync(IReadOnlyCollection<Guid> slotIds, CancellationToken ct);

    /// <summary>
    /// Cancels every active booking on the slots and tells each member, in the transaction that is open on the AppDb. The
    /// caller has locked the slots (in id order) and changes their state. Returns how many bookings it cancelled.
    /// </summary>
    /// <param name="reason">It chooses the words of the mail and of the ticket.</param>
    /// <param name="note">What staff wrote, shown to the member as it is; may be empty.</param>
    Task<int> CancelAsync(IReadOnlyCollection<Guid> slotIds, SlotEnd reason, string note, CancellationToken ct);
}

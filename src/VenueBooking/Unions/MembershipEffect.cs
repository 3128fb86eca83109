namespace VenueBooking.Unions;

/// <summary>What the end of a membership does to what the member has booked. Bookings answers; Unions asks, and need not know bookings.</summary>
public interface IMembershipEffect
{
    /// <summary>
    /// Cancels every booking of these members that has not begun and tells them, in the transaction that is open on the AppDb.
    /// The memberships are locked or written before. Returns how many bookings it cancelled.
    /// </summary>
    Task<int> EndedAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken ct);

    /// <summary>How many bookings it would cancel as things stand.</summary>
    Task<int> ComingAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken ct);
}

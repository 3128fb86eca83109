using VenueBooking.Unions;

namespace VenueBooking.Bookings;

/// <summary>What a member has already, as far as the policy asks.</summary>
public sealed record MemberUsage(MembershipState? Membership, IReadOnlyCollection<Guid> UnionPath, IReadOnlyCollection<MemberUsage.Entry> Bookings)
{
    /// <summary>People of the member's union already booked in on the slot's day, and how many may be; null: no cap.</summary>
    public (int People, int Cap)? UnionDay { get; init; }

    public static readonly MemberUsage Unknown = new(null, [], []);

    public readonly record struct Entry(Guid SlotId, string Activity, DateTimeOffset StartsAt, DateTimeOffset EndsAt, BookingState State)
    {
        public bool IsActive => State is BookingState.Booked or BookingState.CheckedIn;
        /// <summary>Time that was given back does not count; time that was let go to waste does.</summary>
        public bool CountsToQuota => IsActive || State is BookingState.Attended or BookingState.NoShow;
        public int Minutes => (int)(EndsAt - StartsAt).TotalMinutes;
    }
}

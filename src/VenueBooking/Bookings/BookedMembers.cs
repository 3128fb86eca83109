using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Unions;

namespace VenueBooking.Bookings;

/// <summary>Whose membership ends keeps no place that has not begun; a mail says so.</summary>
public sealed class BookedMembers(AppDb db, TimeProvider clock) : IMembershipEffect
{
    static readonly EndBookings Cancel = new("b.member_id = any($2) and b.state = 'booked' and b.starts_at > $1", EndReason.MembershipEnded);

    public Task<int> EndedAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken ct) =>
        Cancel.RunAsync(db, clock.GetUtcNow(), [.. memberIds], ct);

    public Task<int> ComingAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<Booking>().CountAsync(b => memberIds.Contains(b.MemberId!.Value) && b.State == BookingState.Booked && b.StartsAt > now, ct);
    }
}

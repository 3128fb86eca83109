using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Unions;

namespace VenueBooking.Bookings;

/// <summary>What Supply asks before it takes a slot away, and what becomes of those who booked it.</summary>
public sealed class BookedSlots(AppDb db, TimeProvider clock) : IStandingBookings
{
    public async Task<IReadOnlyList<StandingBooking>> OfAsync(IReadOnlyCollection<Guid> slotIds, CancellationToken ct) => await (
        from b in db.Set<Booking>().AsNoTracking()
        where slotIds.Contains(b.SlotId) && (b.State == BookingState.Booked || b.State == BookingState.CheckedIn)
        join m in db.Set<Membership>() on b.MemberId equals m.UserId into members
        from m in members.DefaultIfEmpty()
        orderby b.StartsAt, b.Id
        select new StandingBooking(b.SlotId, b.Id, b.GuestName ?? (m == null ? "" : m.Name), b.PartySize, b.StartsAt, b.EndsAt)).ToListAsync(ct);

    public Task<int> CancelAsync(IReadOnlyCollection<Guid> slotIds, SlotEnd reason, string note, CancellationToken ct)
    {
        var cancel = new EndBookings("b.slot_id = any($2)", ReasonOf(reason)) { Note = note.Length == 0 ? null : note };
        return cancel.RunAsync(db, clock.GetUtcNow(), [.. slotIds], ct);
    }

    static EndReason ReasonOf(SlotEnd end) => end switch
    {
        SlotEnd.Closed => EndReason.Closed,
        SlotEnd.Withdrawn => EndReason.Withdrawn,
        SlotEnd.Terminated => EndReason.Terminated,
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };
}

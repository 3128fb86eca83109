using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Unions;

namespace VenueBooking.Bookings;

/// <summary>What Supply asks before it takes a slot away, and what becomes of those who booked it.</summary>
public sealed class BookedSlots(AppDb db, SlotChanges changes, TimeProvider clock) : ISlotUse
{
    public async Task<IReadOnlyList<SlotUse>> OfAsync(IReadOnlyCollection<Guid> slotIds, CancellationToken ct) => await (
        from b in db.Set<Booking>().AsNoTracking()
        where slotIds.Contains(b.SlotId) && (b.State == BookingState.Booked || b.State == BookingState.CheckedIn)
        join m in db.Set<Membership>() on b.MemberId equals m.UserId into members
        from m in members.DefaultIfEmpty()
        orderby b.StartsAt, b.Id
        select new SlotUse(b.SlotId, b.Id, b.GuestName ?? (m == null ? "" : m.Name), b.PartySize, b.StartsAt, b.EndsAt)).ToListAsync(ct);

    public async Task<int> CancelAsync(IReadOnlyCollection<Guid> slotIds, string reason, string note, CancellationToken ct)
    {
        var cancel = new EndBookings("b.slot_id = any($2)", BookingState.Cancelled, reason, BookingNotices.Closed)
        {
            Payload = JsonSerializer.Serialize(new { reason, note }, JsonSerializerOptions.Web),
        };
        var ended = await cancel.RunAsync(db, clock.GetUtcNow(), [.. slotIds], ct);
        changes.Report(ended);
        return ended.Count;
    }
}

using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What to offer instead of a slot that could not be had: the same activity, near in time and place.</summary>
public sealed class Alternatives(Availability availability, BookingPolicy policy, MemberUsageReader usages, TimeProvider clock)
{
    const int Most = 3, MostOfOneTime = 2, DaysAround = 2;

    /// <summary>Up to three slots that this member could book now, the nearest first. Three courts at one hour would be no choice: other times go before a second court of the same.</summary>
    public async Task<IReadOnlyList<SlotLine>> NearestAsync(SlotLine slot, Guid? memberId, int party, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var member = memberId is { } id ? await usages.OfAsync(id, slot.StartsAt, ct) : null;
        var free = new List<SlotLine>();
        var day = SiteTime.DayOf(slot.StartsAt);
        for (var away = -DaysAround; away <= DaysAround; away++)
        {
            // What the member's union has booked is another number on another day.
            var usage = away != 0 && member?.UnionDay is not null ? await usages.OfAsync(memberId!.Value, SiteTime.StartOf(day.AddDays(away)), ct) : member;
            foreach (var venue in await availability.FindAsync(new(day.AddDays(away), slot.Activity, UnionPath: member?.UnionPath), ct))
                free.AddRange(venue.Slots.Where(s => s.Id != slot.Id && party <= s.MaxParty && s.Free >= (s.IsExclusive ? 1 : party))
                    .Where(s => usage is null || policy.WhyNot(s.ToSlot(), usage, party, now) is null));
        }
        return [.. free.OrderBy(s => Distance(slot, s)).GroupBy(s => s.StartsAt)
            .SelectMany(time => time.Take(MostOfOneTime).Select((s, turn) => (Slot: s, Turn: turn)))
            .OrderBy(s => s.Turn).Take(Most).Select(s => s.Slot).OrderBy(s => Distance(slot, s))];
    }

    /// <summary>In minutes: another time, plus what it costs people to go to another place.</summary>
    static double Distance(SlotLine wanted, SlotLine other) =>
        (other.StartsAt - wanted.StartsAt).Duration().TotalMinutes + (other.VenueId == wanted.VenueId ? 0 : 45);
}

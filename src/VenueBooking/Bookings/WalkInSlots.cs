using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What a desk can give to who stands there without a booking: what is free and runs, or starts soon.</summary>
public sealed class WalkInSlots(Availability availability, BookingRules rules, SiteTime time)
{
    public DateOnly Today => time.Today;

    /// <summary>How long before a start it may be given: 1, 0.75.</summary>
    public string Hours => SiteTime.Hours(rules.WalkInMinutes);

    public async Task<IReadOnlyList<SlotLine>> OfAsync(Guid venueId, CancellationToken ct)
    {
        var now = time.Now;
        var slots = new List<SlotLine>();
        // Shortly before midnight the day that follows has begun.
        for (var day = SiteTime.DayOf(now); day <= SiteTime.DayOf(now.AddMinutes(rules.WalkInMinutes)); day = day.AddDays(1))
            slots.AddRange((await availability.VenueDayAsync(venueId, day, ct)).Slots);
        return [.. slots.Where(s => s.State == SlotState.Open && s.EndsAt > now && rules.WalkInFrom(s.StartsAt) <= now && s.Free > 0)
            .OrderBy(s => s.StartsAt).ThenBy(s => s.SpaceName, StringComparer.Ordinal)];
    }
}

using VenueBooking.Supply;

namespace VenueBooking.Bookings;

/// <summary>What a desk can give to who stands there without a booking: what is free and runs, or starts soon.</summary>
public sealed class WalkInSlots(Availability availability, CheckInWindow window)
{
    public int Minutes => window.Minutes;

    public async Task<IReadOnlyList<SlotLine>> OfAsync(Guid venueId, CancellationToken ct)
    {
        var now = window.Now;
        return [.. (await availability.VenueDayAsync(venueId, window.Today, ct)).Slots
            .Where(s => s.State == SlotState.Open && s.EndsAt > now && window.IsOpen(s.StartsAt) && s.Free > 0)
            .OrderBy(s => s.StartsAt).ThenBy(s => s.SpaceName, StringComparer.Ordinal)];
    }
}

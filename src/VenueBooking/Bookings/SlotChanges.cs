namespace VenueBooking.Bookings;

/// <summary>Tells whoever shows availability that the slots of a venue's day have changed.</summary>
public sealed class SlotChanges
{
    /// <summary>Cheap: called for every booking.</summary>
    public void Report(Guid venueId, DateOnly day) => Changed?.Invoke(venueId, day);

    public event Action<Guid, DateOnly>? Changed;
}

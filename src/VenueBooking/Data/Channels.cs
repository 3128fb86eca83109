namespace VenueBooking.Data;

/// <summary>What instances tell one another over LISTEN/NOTIFY, where more than one module does.</summary>
public static class Channels
{
    /// <summary>Venues and days whose slots or bookings changed. Who speaks, then for each a blank, the venue's id in 32 digits and the day: <c>yyyy-MM-dd</c>.</summary>
    public const string SlotChanges = "slot_changes";
}

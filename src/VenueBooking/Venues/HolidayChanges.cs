namespace VenueBooking.Venues;

/// <summary>What an import adds and changes, and how many days it finds as they are.</summary>
public sealed record HolidayChanges(IReadOnlyList<HolidayFacts> Added, IReadOnlyList<(HolidayFacts Before, HolidayFacts Now)> Changed, int Same)
{
    public bool Any => Added.Count + Changed.Count > 0;
}

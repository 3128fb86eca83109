namespace VenueBooking.Venues;

public enum HolidayKind { Holiday, Workday }

/// <summary>A public holiday, or a weekend day worked in exchange, which then counts as the weekday it stands in for.</summary>
public sealed class Holiday
{
    public DateOnly Day { get; init; }
    public required string Name { get; set; }
    public HolidayKind Kind { get; set; }
    public DayOfWeek? StandsIn { get; set; }
    public uint Version { get; private set; }
}

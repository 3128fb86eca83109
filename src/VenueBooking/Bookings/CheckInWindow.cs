using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>From when a desk lets people in to a slot, with a booking or without: a while before it starts.</summary>
public sealed class CheckInWindow(BookingRules rules, SiteTime time)
{
    public DateTimeOffset Now => time.Now;
    public DateOnly Today => time.Today;

    public int Minutes => rules.CheckInMinutes;

    public DateTimeOffset OpensAt(DateTimeOffset startsAt) => rules.CheckInFrom(startsAt);

    public bool IsOpen(DateTimeOffset startsAt) => OpensAt(startsAt) <= Now;
}

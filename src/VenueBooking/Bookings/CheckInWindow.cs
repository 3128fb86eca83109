using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>From when a desk checks in who has booked: a while before the start.</summary>
public sealed class CheckInWindow(BookingRules rules, SiteTime time)
{
    public DateTimeOffset Now => time.Now;
    public DateOnly Today => time.Today;

    /// <summary>How long before a start it opens: 1, 0.75.</summary>
    public string Hours => SiteTime.Hours(rules.CheckInMinutes);

    public DateTimeOffset OpensAt(DateTimeOffset startsAt) => rules.CheckInFrom(startsAt);

    public bool IsOpen(DateTimeOffset startsAt) => OpensAt(startsAt) <= Now;
}

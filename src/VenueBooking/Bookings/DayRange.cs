using VenueBooking.Web;

namespace VenueBooking.Bookings;

static class DayRange
{
    const int Days = 366;

    /// <summary>Whether a day in an address is one that a page could mean: within a year of today, or not said.</summary>
    public static bool IsNear(this SiteTime time, DateOnly? date) =>
        date is not { } day || Math.Abs(day.DayNumber - time.Today.DayNumber) <= Days;
}

using System.Globalization;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What <c>GET /api/v1/slots</c> was asked, checked.</summary>
public sealed record SlotQuery(DateOnly Date, string? Activity, Guid? VenueId, bool FreeOnly, Cursor? Cursor)
{
    public static Outcome<SlotQuery> Read(DateOnly today, string? date, string? activity, string? venueId, string? free, string? cursor)
    {
        if (!TryDate(date, today, out var day))
            return Refusal.Invalid("invalid_date", "date");
        if (activity is { Length: > 0 } && !Activities.IsKnown(activity))
            return Refusal.Invalid("invalid_activity", "activity");
        if (!TryId(venueId, out var venue))
            return Refusal.Invalid("invalid_id", "venueId");
        if (free is { Length: > 0 } and not ("true" or "false" or "1" or "0"))
            return Refusal.Invalid("invalid_flag", "free");
        if (!Cursor.TryParseTime(cursor, out var after))
            return Cursor.Refused;
        return new SlotQuery(day, activity is { Length: > 0 } ? activity : null, venue, free is "true" or "1", after);
    }

    public static bool TryDate(string? text, DateOnly today, out DateOnly day)
    {
        day = today;
        return string.IsNullOrEmpty(text)
            || (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is > 2000 and < 2200);
    }

    public static bool TryId(string? text, out Guid? id)
    {
        id = Guid.TryParseExact(text, "D", out var parsed) ? parsed : null;
        return string.IsNullOrEmpty(text) || id is not null;
    }
}

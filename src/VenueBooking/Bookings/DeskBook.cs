using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Opens the desk's list of a day. Names are on it, so every opening is written down.</summary>
public sealed class DeskBook(AppDb db, DeskDay days, Audit audit, SiteTime time, CheckInWindow window)
{
    public DateTimeOffset Now => time.Now;

    public DateOnly Today => time.Today;

    public string CheckInHours => window.Hours;

    /// <summary>Null: it is open.</summary>
    public DateTimeOffset? CheckInFrom(Booking booking) => window.IsOpen(booking.StartsAt) ? null : window.OpensAt(booking.StartsAt);

    public bool IsNear(DateOnly? date) => time.IsNear(date);

    public async Task<IReadOnlyList<DeskLine>> OpenAsync(Guid venueId, DateOnly date, CancellationToken ct)
    {
        var lines = await days.OfAsync(venueId, date, ct);
        audit.Record("desk.view", "venue", venueId, after: new { date, bookings = lines.Count });
        await db.SaveChangesAsync(ct);
        return lines;
    }
}

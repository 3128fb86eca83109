using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Opens the desk's list of a day. Names are on it, so every opening is written down.</summary>
public sealed class DeskBook(AppDb db, DeskDay days, Audit audit, SiteTime time)
{
    public DateOnly Today => time.Today;

    public bool IsNear(DateOnly? date) => time.IsNear(date);

    public async Task<IReadOnlyList<DeskLine>> OpenAsync(Guid venueId, DateOnly date, CancellationToken ct)
    {
        var lines = await days.OfAsync(venueId, date, ct);
        audit.Record("desk.view", "venue", venueId, after: new { date, bookings = lines.Count });
        await db.SaveChangesAsync(ct);
        return lines;
    }
}

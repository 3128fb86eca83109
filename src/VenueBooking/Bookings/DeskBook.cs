using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// Opens the desk's list of a day. Names are on it, so it is written down who looks at which; once an hour, for the page comes anew
/// with every person who is checked in.
/// </summary>
public sealed class DeskBook(AppDb db, DeskDay days, Audit audit, CurrentMember clerk, SiteTime time)
{
    const string View = "desk.view";
    static readonly TimeSpan OneLook = TimeSpan.FromHours(1);

    public DateOnly Today => time.Today;

    public bool IsNear(DateOnly? date) => time.IsNear(date);

    public async Task<IReadOnlyList<DeskLine>> OpenAsync(Guid venueId, DateOnly date, CancellationToken ct)
    {
        var lines = await days.OfAsync(venueId, date, ct);
        if (!await HasLookedAsync(venueId, date, ct))
        {
            audit.Record(View, "venue", venueId, after: new { date, bookings = lines.Count });
            await db.SaveChangesAsync(ct);
        }
        return lines;
    }

    async Task<bool> HasLookedAsync(Guid venueId, DateOnly date, CancellationToken ct)
    {
        var (who, since, day) = (clerk.Id, time.Now - OneLook, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var looks = await db.Set<AuditEntry>().AsNoTracking()
            .Where(e => e.ActorId == who && e.At > since && e.Action == View && e.SubjectId == venueId).Select(e => e.After).ToListAsync(ct);
        return looks.Exists(look => look?.RootElement.GetProperty("date").GetString() == day);
    }
}

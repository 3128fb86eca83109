using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>To staff, the next morning: what went back on one day under one agreement.</summary>
sealed class HandBackNotice(AppDb db, SiteAddress site, SiteTime time, IStringLocalizer<SupplyText> t) : INoticeTemplate
{
    public string Kind => "hours_handed_back";

    public async Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct)
    {
        var day = DateOnly.ParseExact(notice.Payload.RootElement.GetProperty("day").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (from, until) = (SiteTime.StartOf(day), SiteTime.StartOf(day.AddDays(1)));
        var agreement = await db.Set<Agreement>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == notice.SubjectId, ct);
        if (agreement is null)
            return null;
        var venue = await db.Set<Venue>().AsNoTracking().SingleAsync(v => v.Id == agreement.VenueId, ct);
        var back = await db.Set<Slot>().AsNoTracking()
            .Where(s => s.AgreementId == agreement.Id && s.HandedBackAt >= @from && s.HandedBackAt < until)
            .Select(s => new { s.StartsAt, s.EndsAt, s.SavedFen }).ToListAsync(ct);
        var hours = back.Sum(s => (s.EndsAt - s.StartsAt).TotalHours).ToString("0.##", CultureInfo.InvariantCulture);
        return back.Count == 0 ? null : new(
            t["mail_handed_back_subject", agreement.Number, time.Date(day), back.Count],
            [t["mail_handed_back_body", time.Date(day), back.Count, hours, venue.LocalName, Money.Yuan(back.Sum(s => (long)(s.SavedFen ?? 0)))]],
            new(t["mail_handed_back_action"], site.Page("/Supply/Staff/Show", new { id = agreement.Id })));
    }
}

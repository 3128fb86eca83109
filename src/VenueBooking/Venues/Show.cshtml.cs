using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Venues;

[AllowAnonymous]
public sealed class VenueShowModel(VenueGuide guide) : PageModel
{
    public VenuePage Found { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await guide.FindAsync(id, ct) is not { } found)
            return NotFound();
        Found = found;
        return Page();
    }

    public string SpaceName(Guid id) => Found.Spaces.First(s => s.Id == id).LocalName;

    public (int Width, int Height) ThumbnailOf(PhotoLine photo)
    {
        var scale = Math.Min(1d, (double)PhotoMaker.ThumbnailEdge / Math.Max(photo.Width, photo.Height));
        return ((int)Math.Round(photo.Width * scale), (int)Math.Round(photo.Height * scale));
    }

    /// <summary>The week's hours, days of the same hours in one line: 周一–周五 09:00–21:00.</summary>
    public IEnumerable<(string Days, string Hours)> Week(string closed)
    {
        var lines = Hours.Week.Select(day => (Day: day, Hours: Hours.Write(Found.Hours.Where(p => p.Weekday == day)))).ToList();
        for (int from = 0, until; from < lines.Count; from = until)
        {
            for (until = from + 1; until < lines.Count && lines[until].Hours == lines[from].Hours;)
                until++;
            var days = SiteTime.Weekday(lines[from].Day) + (until - from > 1 ? "–" + SiteTime.Weekday(lines[until - 1].Day) : "");
            yield return (days, lines[from].Hours.Length > 0 ? lines[from].Hours : closed);
        }
    }
}

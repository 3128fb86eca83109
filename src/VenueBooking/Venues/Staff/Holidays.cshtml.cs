using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Venues.Staff;

[Authorize(Policy = Policies.Staff)]
public sealed class HolidaysModel(AppDb db, SiteTime time) : PageModel
{
    public int Year { get; private set; }

    /// <summary>Those with days in them, this one and the next.</summary>
    public IReadOnlyList<int> Years { get; private set; } = [];

    public IReadOnlyList<Holiday> Days { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? year, CancellationToken ct)
    {
        if (!await LoadAsync(year, ct))
            return this.LeadToWithout(nameof(year));
        var known = await db.Set<Holiday>().Select(h => h.Day.Year).Distinct().ToListAsync(ct);
        Years = [.. known.Concat([time.Today.Year, time.Today.Year + 1, Year]).Distinct().Order()];
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(string? year, string? format, CancellationToken ct) =>
        await LoadAsync(year, ct)
            ? TableFile.Of(format, $"holidays-{Year}", HolidayFile.Headers, HolidayFile.Rows(Days.Select(HolidayFacts.Of)))
            : NotFound();

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    async Task<bool> LoadAsync(string? year, CancellationToken ct)
    {
        Year = time.Today.Year;
        if (!string.IsNullOrEmpty(year))
        {
            if (!int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) || asked is < 2000 or > 2100)
                return false;
            Year = asked;
        }
        var (first, last) = (new DateOnly(Year, 1, 1), new DateOnly(Year, 12, 31));
        Days = await db.Set<Holiday>().AsNoTracking().Where(h => h.Day >= first && h.Day <= last).OrderBy(h => h.Day).ToListAsync(ct);
        return true;
    }
}

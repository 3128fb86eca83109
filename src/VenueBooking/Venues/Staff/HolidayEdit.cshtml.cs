using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

/// <summary>A new day of the calendar, or one that is there.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class HolidayEditModel(AppDb db, EditHolidays holidays, Texts texts, IStringLocalizer<VenuesText> words) : PageModel
{
    [BindProperty]
    public HolidayForm Input { get; set; } = new();

    [BindProperty]
    public uint Version { get; set; }

    /// <summary>Null while the day is new.</summary>
    public Holiday? Stored { get; private set; }
    public bool IsStale { get; private set; }
    public int? Year => Stored?.Day.Year;

    public async Task<IActionResult> OnGetAsync(string? day, CancellationToken ct)
    {
        if (!await LoadAsync(day, ct))
            return NotFound();
        if (Stored is { } stored)
        {
            Version = stored.Version;
            Input = new()
            {
                Day = HolidaysModel.Iso(stored.Day),
                Name = stored.Name,
                Kind = stored.Kind == HolidayKind.Holiday ? "holiday" : "workday",
                StandsIn = ((int?)stored.StandsIn)?.ToString(CultureInfo.InvariantCulture),
            };
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? day, CancellationToken ct)
    {
        if (!await LoadAsync(day, ct))
            return NotFound();
        if (day is not null)
            Input.Day = day;
        var checks = new FieldChecks();
        var facts = Input.Check(checks);
        if (checks.Problems.Count > 0)
            return this.Refused(texts, checks.Problems);
        var saved = day is null ? await holidays.AddAsync(facts, ct) : await holidays.ChangeAsync(Version, facts, ct);
        if (!saved.IsRefused)
            return Back(facts.Day.Year, "holiday_saved");
        if (saved.Refusal == Refusal.Stale && await LoadAsync(day, ct))
        {
            (IsStale, Version) = (true, Stored!.Version);
            ModelState.Remove(nameof(Version));
        }
        return this.Refused(texts, saved.Refusal);
    }

    public async Task<IActionResult> OnPostDeleteAsync(string? day, CancellationToken ct)
    {
        if (!await LoadAsync(day, ct) || Stored is null)
            return NotFound();
        var deleted = await holidays.DeleteAsync(Stored.Day, ct);
        return deleted.IsRefused ? this.Refused(texts, deleted.Refusal) : Back(Stored.Day.Year, "holiday_deleted");
    }

    RedirectToPageResult Back(int year, string done)
    {
        this.Flash(words[done]);
        return RedirectToPage("/Venues/Staff/Holidays", new { year });
    }

    async Task<bool> LoadAsync(string? day, CancellationToken ct)
    {
        if (day is null)
            return true;
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return false;
        Stored = await db.Set<Holiday>().AsNoTracking().SingleOrDefaultAsync(h => h.Day == date, ct);
        return Stored is not null;
    }
}

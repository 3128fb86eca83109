using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The search: what is asked for is in the address, the answer is venues with free times to tap.</summary>
[AllowAnonymous]
public sealed class FindModel(Availability availability, FindChoices choices, MemberUsageReader usages, CurrentMember member, SiteTime time) : PageModel
{
    const int PageSize = 8;

    [BindProperty(SupportsGet = true)]
    public string? Activity { get; set; }
    [BindProperty(SupportsGet = true, Name = "time")]
    public string? Time { get; set; }
    [BindProperty(SupportsGet = true)]
    public Guid? Venue { get; set; }
    [BindProperty(SupportsGet = true)]
    public string? Near { get; set; }

    public DateOnly Date { get; private set; }
    public bool InRange { get; private set; }
    /// <summary>Days from today on that one can choose from, and that one can look at.</summary>
    public int Offered { get; private set; }
    public int Reach { get; private set; }
    public IReadOnlyDictionary<DateOnly, int> Days { get; private set; } = new Dictionary<DateOnly, int>();
    /// <summary>The nearest day with something, a later one rather than an earlier.</summary>
    public DateOnly? NextDay { get; private set; }
    /// <summary>Nothing is free on this day yet, but will be from then on.</summary>
    public DateTimeOffset? OpensAt { get; private set; }
    public int Count { get; private set; }
    public IReadOnlyList<FoundVenue> Venues { get; private set; } = [];
    public IReadOnlyList<string> Known { get; private set; } = [];
    public IReadOnlyList<SelectListItem> VenueChoices { get; private set; } = [];
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(DateOnly? date, int cursor, CancellationToken ct)
    {
        var odd = ModelState.Unread();
        if (Activity is not null && !Activities.IsKnown(Activity))
            odd.Add("activity");
        if (!TryTimeOfDay(out var part))
            odd.Add("time");
        if (!TryNear(out var near))
            odd.Add("near");
        if (odd.Count > 0 || cursor < 0)
            return this.LeadToWithout(odd);
        Date = date ?? time.Today;
        (Offered, Reach) = await availability.DaysAsync(ct);
        InRange = Date >= time.Today && Date < time.Today.AddDays(Reach);
        var path = member.IdOrNull is { } id ? await usages.UnionPathAsync(id, ct) : null;
        var found = InRange ? await availability.FindAsync(new(Date, Activity, part, Venue, near, path), ct) : [];
        Count = found.Count;
        Venues = [.. found.Skip(cursor).Take(PageSize).Select(FoundVenue.Of)];
        Next = cursor + PageSize < found.Count ? (cursor + PageSize).ToString(CultureInfo.InvariantCulture) : null;
        ShowDays(await choices.FreeByDayAsync(new(time.Today, Activity, part, Venue, UnionPath: path), Offered, ct));
        if (!Request.IsHtmx())
            (Known, VenueChoices) = (await choices.ActivitiesAsync(ct), await choices.VenuesAsync(ct));
        return this.PageOrFragment("_FindResults");
    }

    void ShowDays(IReadOnlyDictionary<DateOnly, FreeDay> days)
    {
        // A day that opens later is not one that has nothing.
        Days = days.Where(d => d.Value.OpensAt is null).ToDictionary(d => d.Key, d => d.Value.Free);
        OpensAt = days.GetValueOrDefault(Date).OpensAt;
        NextDay = Days.Where(d => d.Value > 0 && d.Key != Date).OrderBy(d => d.Key < Date).ThenBy(d => Math.Abs(d.Key.DayNumber - Date.DayNumber))
            .Select(d => (DateOnly?)d.Key).FirstOrDefault();
    }

    public string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>This search with one thing changed, from its first page.</summary>
    public string With(string key, string? value)
    {
        var query = new QueryBuilder();
        foreach (var (name, now) in Request.Query)
            if (name != key && name != "cursor" && !StringValuesEmpty(now))
                query.Add(name, now.ToString());
        if (value is not null)
            query.Add(key, value);
        return Request.Path + query.ToString();
    }

    public IEnumerable<SelectListItem> ActivityChoices(IStringLocalizer<BookingPageText> t, Texts words) =>
        Known.Select(a => new SelectListItem(words[Activities.TextKey(a)], a)).Prepend(new(t["find_activity_all"], ""));

    public static IEnumerable<SelectListItem> TimeChoices(IStringLocalizer<BookingPageText> t) =>
        new[] { "", "morning", "afternoon", "evening" }.Select(part => new SelectListItem(t["find_time_" + (part.Length == 0 ? "any" : part)], part));

    static bool StringValuesEmpty(Microsoft.Extensions.Primitives.StringValues values) => string.IsNullOrEmpty(values.ToString());

    bool TryTimeOfDay(out TimeOfDay? part)
    {
        part = Time switch { "morning" => TimeOfDay.Morning, "afternoon" => TimeOfDay.Afternoon, "evening" => TimeOfDay.Evening, _ => null };
        return part is not null || Time is null;
    }

    bool TryNear(out Near? near)
    {
        near = null;
        if (Near is null)
            return true;
        var parts = Near.Split(',');
        if (parts.Length != 2 || !TryDegrees(parts[0], 90, out var latitude) || !TryDegrees(parts[1], 180, out var longitude))
            return false;
        near = new(latitude, longitude);
        return true;
    }

    static bool TryDegrees(string text, int most, out double degrees) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees) && Math.Abs(degrees) <= most;
}

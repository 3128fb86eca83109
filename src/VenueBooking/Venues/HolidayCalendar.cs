using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>Loads the holiday calendar for a stretch of days: once for a whole computation, never per day.</summary>
public sealed class HolidayCalendars(AppDb db)
{
    /// <summary>Both ends are included.</summary>
    public async Task<HolidayCalendar> LoadAsync(DateOnly from, DateOnly until, CancellationToken ct = default) =>
        new(await db.Set<Holiday>().AsNoTracking().Where(h => h.Day >= from && h.Day <= until).ToListAsync(ct));
}

/// <summary>What kind of day a day is. Knows only the days it was loaded for; others are ordinary.</summary>
public sealed class HolidayCalendar(IEnumerable<Holiday> holidays)
{
    readonly Dictionary<DateOnly, Holiday> days = holidays.ToDictionary(h => h.Day);

    public bool IsHoliday(DateOnly day) => days.TryGetValue(day, out var found) && found.Kind == HolidayKind.Holiday;

    /// <summary>The weekday whose rules hold on this day: an adjusted workday counts as the one it stands in for.</summary>
    public DayOfWeek CountsAs(DateOnly day) => days.TryGetValue(day, out var found) && found.StandsIn is { } weekday ? weekday : day.DayOfWeek;

    /// <summary>What the day is called (国庆节), or null on an ordinary day.</summary>
    public string? NameOf(DateOnly day) => days.TryGetValue(day, out var found) ? found.Name : null;
}

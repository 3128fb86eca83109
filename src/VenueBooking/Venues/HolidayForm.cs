using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>One day of the calendar, checked.</summary>
public sealed record HolidayFacts(DateOnly Day, string Name, HolidayKind Kind, DayOfWeek? StandsIn)
{
    public static HolidayFacts Of(Holiday h) => new(h.Day, h.Name, h.Kind, h.StandsIn);
}

/// <summary>What staff type about a day of the calendar.</summary>
public sealed class HolidayForm
{
    public string? Day { get; set; }
    public string? Name { get; set; }
    /// <summary>holiday or workday.</summary>
    public string? Kind { get; set; } = "holiday";
    /// <summary>0–6 as <see cref="DayOfWeek"/> counts, or empty.</summary>
    public string? StandsIn { get; set; }

    public HolidayFacts Check(FieldChecks checks)
    {
        var day = checks.Day(Day, nameof(Day));
        var name = checks.Text(Name, nameof(Name), 60, required: true);
        var isKind = SnakeCase.TryParse<HolidayKind>(Kind, out var kind);
        if (!isKind)
            checks.Refuse("field_required", nameof(Kind));
        DayOfWeek? standsIn = null;
        if (!string.IsNullOrEmpty(StandsIn))
        {
            if (StandsIn is [>= '0' and <= '6'])
                standsIn = (DayOfWeek)(StandsIn[0] - '0');
            else
                checks.Refuse("holiday_weekday", nameof(StandsIn));
        }
        // Of a day of no known kind nothing can be said.
        if (standsIn is not null && isKind && kind == HolidayKind.Holiday)
            checks.Refuse("holiday_stands_in", nameof(StandsIn));
        return new HolidayFacts(day, name, kind, standsIn);
    }
}

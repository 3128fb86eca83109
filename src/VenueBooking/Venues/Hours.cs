using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Open from–until on a weekday.</summary>
public sealed record Period(DayOfWeek Weekday, TimeOnly Opens, TimeOnly Closes);

/// <summary>
/// Opening hours as people write them, one line a weekday: <c>9:00-12:00, 14:00-21:30</c>; empty is closed. A period that ends at
/// 24:00 or 0:00 ends at <see cref="SiteTime.Midnight"/>.
/// </summary>
public static partial class Hours
{
    /// <summary>Monday first, as a week is written.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The periods in order, or null where the text is not one, a period is empty, or two overlap.</summary>
    public static IReadOnlyList<Period>? Read(DayOfWeek weekday, string? text)
    {
        // Full-width digits and colons are those of another keyboard.
        var plain = (text ?? "").Normalize(NormalizationForm.FormKC);
        if (plain.Length > 200 || Spans().Replace(plain, "").Any(c => !char.IsWhiteSpace(c) && !",，;；、/".Contains(c, StringComparison.Ordinal)))
            return null;
        var periods = new List<Period>();
        foreach (Match span in Spans().Matches(plain))
        {
            if (Time(span, 1) is not { } opens || Time(span, 3) is not { } ends || SiteTime.AsEnd(ends) is var closes && closes <= opens)
                return null;
            periods.Add(new(weekday, opens, closes));
        }
        periods.Sort((a, b) => a.Opens.CompareTo(b.Opens));
        return periods.Zip(periods.Skip(1)).All(pair => pair.First.Closes < pair.Second.Opens) ? periods : null;
    }

    public static string Write(IEnumerable<Period> periods) =>
        string.Join(", ", periods.OrderBy(p => p.Opens).Select(p => $"{SiteTime.Time(p.Opens)}–{SiteTime.Time(p.Closes)}"));

    static TimeOnly? Time(Match span, int group)
    {
        var hour = int.Parse(span.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var minute = span.Groups[group + 1].Success ? int.Parse(span.Groups[group + 1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return (hour, minute) switch
        {
            (24, 0) => SiteTime.Midnight,
            ( <= 23, <= 59) => new TimeOnly(hour, minute),
            _ => null,
        };
    }

    [GeneratedRegex(@"(?<!\d)([0-9]{1,2})(?::([0-9]{2}))?\s*[-–—~～至到]\s*([0-9]{1,2})(?::([0-9]{2}))?(?![\d:])")]
    private static partial Regex Spans();
}

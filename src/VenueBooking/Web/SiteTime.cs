using System.Globalization;

namespace VenueBooking.Web;

/// <summary>
/// The one place that knows the site's zone. The database and the wire have UTC instants; people see Asia/Shanghai, said the
/// way people say it: 明天 周四 19:00–20:30.
/// </summary>
public sealed class SiteTime(TimeProvider clock)
{
    /// <summary>As PostgreSQL and calendars know it too.</summary>
    public const string ZoneName = "Asia/Shanghai";

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(ZoneName);

    /// <summary>24:00 as the end of something, kept as the last minute of the day: a day has no 24th hour.</summary>
    public static readonly TimeOnly Midnight = new(23, 59);

    public DateTimeOffset Now => clock.GetUtcNow();
    public DateOnly Today => DayOf(Now);

    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);
    public static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The UTC instant of a wall-clock time at the site.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>Monday of the week a day lies in: quotas count by it.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>今天 / 明天 / 后天, then the weekday, and the date where it is needed to be sure.</summary>
    public string Day(DateOnly day)
    {
        var away = day.DayNumber - Today.DayNumber;
        var weekday = Weekday(day.DayOfWeek);
        return Languages.IsChinese
            ? away switch { 0 => $"今天 {weekday}", 1 => $"明天 {weekday}", 2 => $"后天 {weekday}", _ => DateAndWeekday(day) }
            : away switch { 0 => $"Today, {weekday}", 1 => $"Tomorrow, {weekday}", _ => DateAndWeekday(day) };
    }

    /// <summary>明天 周四 19:00–20:30. The end's day is left out where it is the start's, and midnight still belongs to that.</summary>
    public string Span(DateTimeOffset from, DateTimeOffset until) =>
        DayOf(from) == DayOf(until) || until == StartOf(DayOf(from).AddDays(1)) ? $"{Moment(from)}–{End(until)}" : $"{Moment(from)} – {Moment(until)}";

    public string Moment(DateTimeOffset at) => $"{Day(DayOf(at))} {Time(at)}";

    public static string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Time(TimeOnly time) => time == Midnight ? "24:00" : time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>0:00, where something ends, can only be <see cref="Midnight"/>.</summary>
    public static TimeOnly AsEnd(TimeOnly time) => time == TimeOnly.MinValue ? Midnight : time;

    /// <summary>The time at which something ends: midnight is 24:00.</summary>
    public static string End(DateTimeOffset until) => TimeOf(until) == TimeOnly.MinValue ? "24:00" : Time(until);

    /// <summary>11月24日 / 24 Nov, with the year where it is not this one.</summary>
    public string Date(DateOnly day) => (Languages.IsChinese, day.Year == Today.Year) switch
    {
        (_, true) => MonthAndDay(day),
        (true, false) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
        (false, false) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>The same with its weekday, in the order of the language: 11月29日 周日 / Sun 29 Nov.</summary>
    public string DateAndWeekday(DateOnly day) => WithWeekday(day, Date(day));

    public static string MonthAndDay(DateOnly day) => day.ToString(Languages.IsChinese ? "M月d日" : "d MMM", CultureInfo.InvariantCulture);

    /// <summary>11月29日 周日 / Sun 29 Nov, whatever the year.</summary>
    public static string DayAndWeekday(DateOnly day) => WithWeekday(day, MonthAndDay(day));

    /// <summary>Minutes in hours: 0.75.</summary>
    public static string Hours(int minutes) => (minutes / 60m).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Weekday(DayOfWeek day) => Languages.IsChinese
        ? "周" + "日一二三四五六"[(int)day]
        : CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day);

    /// <summary>Where it stands by itself or in a sentence, and not beside a date: 周五 / Friday.</summary>
    public static string WeekdayInFull(DayOfWeek day) => Languages.IsChinese ? Weekday(day) : CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day);

    static string WithWeekday(DateOnly day, string date) => Languages.IsChinese ? $"{date} {Weekday(day.DayOfWeek)}" : $"{Weekday(day.DayOfWeek)} {date}";
}

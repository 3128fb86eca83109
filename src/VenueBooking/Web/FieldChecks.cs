using System.Globalization;
using VenueBooking.Web.Tables;

namespace VenueBooking.Web;

/// <summary>Reads what a form's fields say, and collects every reason why one cannot be right, so that a person sees all at once.</summary>
public sealed class FieldChecks
{
    static readonly string[] Times = ["H:mm", "HH:mm:ss", "H.mm"];
    static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    readonly List<Refusal> problems = [];

    public IReadOnlyList<Refusal> Problems => problems;

    public void Refuse(Refusal problem) => problems.Add(problem);

    public void Refuse(string code, string field, params object[] args) => Refuse(Refusal.Invalid(code, field, args));

    /// <summary>Whether nothing is wrong with any of these by itself: only then can they be wrong together.</summary>
    public bool AreFine(params ReadOnlySpan<string> fields)
    {
        foreach (var problem in problems)
            if (problem.Field is { } field && fields.Contains(field))
                return false;
        return true;
    }

    /// <summary>The trimmed text; empty where there is none.</summary>
    public string Text(string? value, string field, int max, bool required = false)
    {
        var text = (value ?? "").Trim().ReplaceLineEndings("\n");
        if (text.Length == 0 && required)
            Refuse("field_required", field);
        else if (text.Length > max)
            Refuse("field_too_long", field, max);
        else if (text.Any(c => char.IsControl(c) && c != '\n') || text.Any(c => char.IsSurrogate(c)) && !IsWellFormed(text))
            Refuse("field_odd_characters", field);
        return text;
    }

    public int Number(string? value, string field, int min, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
            Refuse("field_required", field);
        else if (TypedText.TryWhole(value, out var number) && number >= min && number <= max)
            return number;
        else if (min == max)
            Refuse("field_number_only", field, min);
        else
            Refuse("field_number", field, min, max);
        return min;
    }

    /// <summary>Degrees, or null where the field is empty.</summary>
    public double? Degrees(string? value, string field, double most)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (double.TryParse(TypedText.PlainNumber(value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
            && Math.Abs(degrees) <= most)
            return Math.Round(degrees, 6);
        Refuse("field_degrees", field, most);
        return null;
    }

    /// <summary>A moment at the site, as a datetime-local field sends it.</summary>
    public DateTimeOffset? Moment(string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Refuse("field_required", field);
            return null;
        }
        if (DateTime.TryParseExact(TypedText.Plain(value), Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 2000 and < 2200)
            return SiteTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        Refuse("field_moment", field);
        return null;
    }

    public DateOnly Day(string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
            Refuse("field_required", field);
        else if (TableCells.TryDate(TypedText.Plain(value), out var day) && day.Year is >= 2000 and < 2100)
            return day;
        else
            Refuse("field_day", field);
        return new(2000, 1, 1);
    }

    public TimeOnly TimeOfDay(string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value))
            Refuse("field_required", field);
        else if (TimeOnly.TryParseExact(TypedText.Plain(value), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Second == 0)
            return time;
        else
            Refuse("field_time", field);
        return default;
    }

    /// <summary>A time at which something ends: 24:00 too, and 0:00, which can mean nothing else there. Both are <see cref="SiteTime.Midnight"/>.</summary>
    public TimeOnly EndTime(string? value, string field)
    {
        if (TypedText.Plain(value) is "24:00" or "24:00:00" or "24.00")
            return SiteTime.Midnight;
        return SiteTime.AsEnd(TimeOfDay(value, field));
    }

    /// <summary>An amount of yuan with at most two places, as 分.</summary>
    public int Fen(string? value, string field, int most)
    {
        if (string.IsNullOrWhiteSpace(value))
            Refuse("field_required", field);
        else if (TypedText.TryDecimal(TypedText.Plain(value).TrimStart('¥'), out var yuan)
            && yuan <= most / 100m && yuan * 100 == Math.Floor(yuan * 100))
            return (int)(yuan * 100);
        else
            Refuse("field_price", field, most / 100);
        return 0;
    }

    static bool IsWellFormed(string text) =>
        text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);
}

using System.Globalization;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Reads what a form's fields say, and collects every reason why one cannot be right, so that a person sees all at once.</summary>
public sealed class FieldChecks
{
    readonly List<Refusal> problems = [];

    public IReadOnlyList<Refusal> Problems => problems;

    public void Refuse(string code, string field, params object[] args) => problems.Add(Refusal.Invalid(code, field, args));

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
        else if (int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        else
            Refuse("field_number", field, min, max);
        return min;
    }

    /// <summary>Degrees, or null where the field is empty.</summary>
    public double? Degrees(string? value, string field, double most)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (double.TryParse(value.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
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
        string[] formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];
        if (DateTime.TryParseExact(value.Trim(), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 2000 and < 2200)
            return SiteTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        Refuse("field_moment", field);
        return null;
    }

    static bool IsWellFormed(string text) =>
        text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);
}

using System.Reflection;

namespace VenueBooking.Venues;

/// <summary>
/// The calendars that come with the program: the State Council's yearly notices. 2027 has but the days fixed by law; which
/// days are moved is the notice's to say.
/// </summary>
public static class HolidayLibrary
{
    const string Prefix = "calendars/";

    static Assembly Assembly => typeof(HolidayLibrary).Assembly;

    public static IReadOnlyList<int> Years { get; } = [.. Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(n => int.Parse(n.AsSpan(Prefix.Length, 4), System.Globalization.CultureInfo.InvariantCulture)).Order()];

    /// <summary>A year's days, or null where there is no such calendar.</summary>
    public static IReadOnlyList<HolidayFacts>? Of(int year)
    {
        using var stream = Assembly.GetManifestResourceStream($"{Prefix}{year}.csv");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        var read = HolidayFile.Parse(reader.ReadToEnd());
        return read is { IsRefused: false, Value.Errors.Count: 0 } ? read.Value.Rows : throw new InvalidDataException($"the calendar of {year} is damaged");
    }
}

using System.Globalization;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>What a venue is, checked.</summary>
public sealed record VenueFacts(
    string Name, string? NameEn, string Summary, string SummaryEn, string Address, string? Phone, double? Latitude, double? Longitude,
    IReadOnlyList<Period> Hours);

/// <summary>What staff type about a venue: text as it was typed, so that a refused form comes back as it was.</summary>
public sealed class VenueForm
{
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Summary { get; set; }
    public string? SummaryEn { get; set; }
    public string? Address { get; set; }
    public string? Phone { get; set; }
    public string? Latitude { get; set; }
    public string? Longitude { get; set; }
    /// <summary>One line a weekday, Monday first.</summary>
    public string?[] Hours { get; set; } = new string?[7];

    public static VenueForm Of(Venue venue, IEnumerable<Period> hours) => new()
    {
        Name = venue.Name,
        NameEn = venue.NameEn,
        Summary = venue.Summary,
        SummaryEn = venue.SummaryEn,
        Address = venue.Address,
        Phone = venue.Phone,
        Latitude = venue.Latitude?.ToString(CultureInfo.InvariantCulture),
        Longitude = venue.Longitude?.ToString(CultureInfo.InvariantCulture),
        Hours = [.. Venues.Hours.Week.Select(day => Venues.Hours.Write(hours.Where(p => p.Weekday == day)))],
    };

    /// <summary>Open every day from nine to nine: what most venues start from.</summary>
    public static VenueForm New() => new() { Hours = [.. Enumerable.Repeat("09:00–21:00", 7)] };

    public VenueFacts Check(FieldChecks checks)
    {
        var facts = new VenueFacts(
            checks.Text(Name, nameof(Name), 100, required: true),
            OrNull(checks.Text(NameEn, nameof(NameEn), 100)),
            checks.Text(Summary, nameof(Summary), 500),
            checks.Text(SummaryEn, nameof(SummaryEn), 500),
            checks.Text(Address, nameof(Address), 200, required: true),
            OrNull(checks.Text(Phone, nameof(Phone), 40)),
            checks.Degrees(Latitude, nameof(Latitude), 90),
            checks.Degrees(Longitude, nameof(Longitude), 180),
            CheckHours(checks));
        if (string.IsNullOrWhiteSpace(Latitude) != string.IsNullOrWhiteSpace(Longitude))
            checks.Refuse("position_half", string.IsNullOrWhiteSpace(Latitude) ? nameof(Latitude) : nameof(Longitude));
        return facts;
    }

    List<Period> CheckHours(FieldChecks checks)
    {
        var periods = new List<Period>();
        for (var i = 0; i < 7; i++)
        {
            var read = Venues.Hours.Read(Venues.Hours.Week[i], i < Hours.Length ? Hours[i] : null);
            if (read is null)
                checks.Refuse("hours_unreadable", $"{nameof(Hours)}[{i}]");
            else
                periods.AddRange(read);
        }
        return periods;
    }

    static string? OrNull(string text) => text.Length == 0 ? null : text;
}

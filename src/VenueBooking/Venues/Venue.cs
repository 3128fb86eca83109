using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>阵地: a place with spaces in it.</summary>
public sealed class Venue
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string Name { get; set; } = "";
    public string? NameEn { get; set; }
    public string Summary { get; set; } = "";
    public string SummaryEn { get; set; } = "";
    public string Address { get; set; } = "";
    public string? Phone { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public bool IsDemo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; private set; }
    /// <summary>Changes with every change of the row: an edit page that was opened before it is stale.</summary>
    public uint Version { get; private set; }

    /// <summary>The name in the reader's language, where the venue has one.</summary>
    public string LocalName => VenueNames.Local(Name, NameEn);
    public string LocalSummary => VenueNames.Local(Summary, SummaryEn);

    public void Retire(DateTimeOffset now) => RetiredAt ??= now;
    public void Restore() => RetiredAt = null;
}

public static class VenueNames
{
    public static string Local(string chinese, string? english) =>
        string.IsNullOrEmpty(english) || Languages.IsChinese ? chinese : english;
}

/// <summary>A desk clerk's reach.</summary>
public sealed class VenueDesk
{
    public Guid UserId { get; init; }
    public Guid VenueId { get; init; }
}

public sealed class OpeningHours
{
    public Guid VenueId { get; init; }
    public DayOfWeek Weekday { get; init; }
    public TimeOnly Opens { get; init; }
    public TimeOnly Closes { get; init; }
}

public sealed class VenuePhoto
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid VenueId { get; init; }
    public int Position { get; set; }
    public string Caption { get; set; } = "";
    public required string ContentType { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public required byte[] Bytes { get; init; }
    public required byte[] Thumbnail { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

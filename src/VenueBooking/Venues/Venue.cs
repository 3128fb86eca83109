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

    /// <summary>The name in the reader's language, where the venue has one.</summary>
    public string LocalName => VenueNames.Local(Name, NameEn);

    public void Retire(DateTimeOffset now) => RetiredAt ??= now;
}

/// <summary>场地: a court, hall, lane or room, for one activity.</summary>
public sealed class Space
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid VenueId { get; init; }
    public string Name { get; set; } = "";
    public string? NameEn { get; set; }
    /// <summary>One of <see cref="Activities.All"/>.</summary>
    public string Activity { get; set; } = "";
    /// <summary>1: exclusive, a booking takes it whole; more: sold by places.</summary>
    public int Capacity { get; set; }
    /// <summary>People one booking may bring.</summary>
    public int MaxParty { get; set; } = 1;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; private set; }

    public string LocalName => VenueNames.Local(Name, NameEn);

    public void Retire(DateTimeOffset now) => RetiredAt ??= now;
}

public static class VenueNames
{
    public static string Local(string chinese, string? english) =>
        string.IsNullOrEmpty(english) || System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? chinese : english;
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

/// <summary>A venue, or one space of it, is shut for a while.</summary>
public sealed class Closure
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid VenueId { get; init; }
    public Guid? SpaceId { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LiftedAt { get; private set; }

    public void Lift(DateTimeOffset now) => LiftedAt ??= now;
}

public enum HolidayKind { Holiday, Workday }

/// <summary>A public holiday, or a weekend day worked in exchange, which then counts as the weekday it stands in for.</summary>
public sealed class Holiday
{
    public DateOnly Day { get; init; }
    public required string Name { get; init; }
    public HolidayKind Kind { get; init; }
    public DayOfWeek? StandsIn { get; init; }
}

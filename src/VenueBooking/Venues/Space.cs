namespace VenueBooking.Venues;

/// <summary>场地: a court, hall, lane or room, for one activity.</summary>
public sealed class Space
{
    /// <summary>More than any takes, and than one booking brings; the tables have the same.</summary>
    public const int MostPeople = 2000;

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
    public uint Version { get; private set; }

    public bool IsExclusive => Capacity == 1;
    public string LocalName => VenueNames.Local(Name, NameEn);

    public void Retire(DateTimeOffset now) => RetiredAt ??= now;
    public void Restore() => RetiredAt = null;
}

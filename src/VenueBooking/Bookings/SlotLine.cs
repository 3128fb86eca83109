using System.Text.Json.Serialization;
using VenueBooking.Supply;
using VenueBooking.Venues;

namespace VenueBooking.Bookings;

/// <summary>A slot as people choose among it, with the names of where it is. In no language yet: <c>…LocalName</c> is in the reader's.</summary>
public sealed record SlotLine(Guid Id, Guid VenueId, string VenueName, string? VenueNameEn, Guid SpaceId, string SpaceName, string? SpaceNameEn,
    string Activity, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Capacity, int MaxParty, int Taken, SlotState State, Guid? AudienceUnionId,
    DateTimeOffset OpensAt, DateTimeOffset AllOpensAt, DateTimeOffset QuotaLiftedAt, DateTimeOffset ClosesAt, DateTimeOffset CancelUntil, int PriceFen)
{
    public int Free => State == SlotState.Open ? Math.Max(0, Capacity - Taken) : 0;
    public bool IsExclusive => Capacity == 1;
    [JsonIgnore]
    public string VenueLocalName => VenueNames.Local(VenueName, VenueNameEn);
    [JsonIgnore]
    public string SpaceLocalName => VenueNames.Local(SpaceName, SpaceNameEn);

    /// <summary>From when somebody of a union may book it.</summary>
    /// <param name="unionPath">Ids from the root to the asker's union; null: somebody unknown.</param>
    public DateTimeOffset OpensFor(IReadOnlyCollection<Guid>? unionPath) =>
        AudienceUnionId is { } audience && unionPath?.Contains(audience) == true ? OpensAt : AllOpensAt;

    /// <summary>Whether a place can be had now, as far as the slot itself says.</summary>
    public bool IsBookable(DateTimeOffset now, IReadOnlyCollection<Guid>? unionPath = null) =>
        Free > 0 && OpensFor(unionPath) <= now && now < ClosesAt;

    /// <summary>As the policy asks for it.</summary>
    public Slot ToSlot() => new()
    {
        Id = Id,
        VenueId = VenueId,
        SpaceId = SpaceId,
        Activity = Activity,
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        Capacity = Capacity,
        MaxParty = MaxParty,
        Taken = Taken,
        State = State,
        AudienceUnionId = AudienceUnionId,
        OpensAt = OpensAt,
        AllOpensAt = AllOpensAt,
        QuotaLiftedAt = QuotaLiftedAt,
        ClosesAt = ClosesAt,
        CancelUntil = CancelUntil,
        PriceFen = PriceFen,
    };
}

/// <summary>A venue as the heading of its day says it.</summary>
public sealed record VenueCard(Guid Id, string Name, string? NameEn, string Address, double? Latitude, double? Longitude)
{
    public string LocalName => VenueNames.Local(Name, NameEn);
    public string MapLink => VenueMap.LinkTo(Name, Address, Latitude, Longitude);
}

/// <param name="DistanceKm">From where the asker is, when they said.</param>
public sealed record VenueSlots(Guid VenueId, string Name, string? NameEn, string Address, double? DistanceKm, IReadOnlyList<SlotLine> Slots)
{
    public string LocalName => VenueNames.Local(Name, NameEn);
}

/// <summary>A venue's day as it was read at one moment, in the order of its spaces' names and of time.</summary>
public sealed record VenueDay(IReadOnlyList<SlotLine> Slots)
{
    /// <summary>Which reading this is: what is made of it may be kept under this name.</summary>
    public Guid Reading { get; } = Guid.CreateVersion7();
    public IReadOnlyList<SpaceDay> Spaces { get; } = [.. Slots.GroupBy(s => s.SpaceId)
        .Select(g => new SpaceDay(g.Key, g.First().SpaceName, g.First().SpaceNameEn, g.First().Activity, [.. g]))];

    /// <summary>How many of the moments at which a slot looks different to somebody unknown (opens, closes) lie behind: the same number, the same looks.</summary>
    public int Passed(DateTimeOffset now) => Slots.Count(s => s.AllOpensAt <= now) + Slots.Count(s => s.ClosesAt <= now);
}

public sealed record SpaceDay(Guid SpaceId, string Name, string? NameEn, string Activity, IReadOnlyList<SlotLine> Slots)
{
    public string LocalName => VenueNames.Local(Name, NameEn);
}

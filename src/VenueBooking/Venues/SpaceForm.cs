using System.Globalization;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>What a space is, checked.</summary>
public sealed record SpaceFacts(string Name, string? NameEn, string Activity, int Capacity, int MaxParty);

/// <summary>What staff type about a space.</summary>
public sealed class SpaceForm
{
    public const string Exclusive = "exclusive", Places = "places";

    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Activity { get; set; }
    /// <summary><see cref="Exclusive"/> or <see cref="Places"/>.</summary>
    public string? Sold { get; set; } = Exclusive;
    public string? Capacity { get; set; }
    public string? MaxParty { get; set; } = "4";

    public static SpaceForm Of(Space space) => new()
    {
        Name = space.Name,
        NameEn = space.NameEn,
        Activity = space.Activity,
        Sold = space.IsExclusive ? Exclusive : Places,
        Capacity = space.IsExclusive ? null : space.Capacity.ToString(CultureInfo.InvariantCulture),
        MaxParty = space.MaxParty.ToString(CultureInfo.InvariantCulture),
    };

    public SpaceFacts Check(FieldChecks checks)
    {
        var name = checks.Text(Name, nameof(Name), 60, required: true);
        var nameEn = checks.Text(NameEn, nameof(NameEn), 60);
        if (!Activities.IsKnown(Activity))
            checks.Refuse(string.IsNullOrEmpty(Activity) ? "field_required" : "invalid_activity", nameof(Activity));
        if (Sold is not (Exclusive or Places))
            checks.Refuse("field_required", nameof(Sold));
        var capacity = Sold == Places ? checks.Number(Capacity, nameof(Capacity), 2, Space.MostPeople) : 1;
        var maxParty = checks.Number(MaxParty, nameof(MaxParty), 1, Sold == Places ? Math.Max(capacity, 2) : Space.MostPeople);
        return new SpaceFacts(name, nameEn.Length == 0 ? null : nameEn, Activity ?? "", capacity, maxParty);
    }
}

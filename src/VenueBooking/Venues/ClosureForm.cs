using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>A closure as it is asked for, checked.</summary>
public sealed record ClosureFacts(Guid? SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason);

/// <summary>What staff type about a closure.</summary>
public sealed class ClosureForm
{
    /// <summary>Empty: the whole venue.</summary>
    public string? SpaceId { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public string? Reason { get; set; }

    public ClosureFacts Check(FieldChecks checks)
    {
        Guid? space = null;
        if (Guid.TryParse(SpaceId, out var id))
            space = id;
        else if (!string.IsNullOrEmpty(SpaceId))
            checks.Refuse(VenueRefusals.SpaceUnknown);
        var from = checks.Moment(From, nameof(From));
        var until = checks.Moment(Until, nameof(Until));
        return new ClosureFacts(space, from ?? default, until ?? default, checks.Text(Reason, nameof(Reason), 200, required: true));
    }
}

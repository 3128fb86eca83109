namespace VenueBooking.Venues;

/// <summary>The next time at a venue that every member can book now.</summary>
public sealed record NextFree(Guid VenueId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Activity);

/// <summary>Supply answers; Venues asks, so that Venues need not know slots.</summary>
public interface INextFree
{
    /// <summary>By venue; one with nothing free in the coming fortnight is not among them.</summary>
    Task<IReadOnlyDictionary<Guid, NextFree>> OfAsync(Guid[] venues, CancellationToken ct);
}

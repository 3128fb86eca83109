namespace VenueBooking.Venues;

/// <summary>What a closure hits.</summary>
/// <param name="Slots">Slots that would close.</param>
/// <param name="People">Who has booked them: name, when, party.</param>
public sealed record ClosureImpact(int Slots, IReadOnlyList<ClosureImpact.Person> People)
{
    public sealed record Person(string Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int PartySize);
}

/// <summary>What a closure does to inventory. Supply answers; Venues asks, so that Venues need not know slots.</summary>
public interface IClosureEffect
{
    Task<ClosureImpact> PreviewAsync(Guid venueId, Guid? spaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);

    /// <summary>Closes the slots, cancels and tells who booked them, in the transaction that is open on the AppDb.</summary>
    Task ApplyAsync(Closure closure, CancellationToken ct);

    /// <summary>Opens again what only this closure had closed and what has not begun, in the open transaction.</summary>
    Task LiftAsync(Closure closure, CancellationToken ct);
}

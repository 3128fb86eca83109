namespace VenueBooking.Venues;

/// <summary>What a closure hits.</summary>
/// <param name="Slots">Slots that would close.</param>
/// <param name="Closed">Slots in its time that are closed already.</param>
/// <param name="People">Who has booked them: name, when, party.</param>
/// <param name="Digest">Names exactly these slots and bookings: equal digests, nobody else is hit.</param>
public sealed record ClosureImpact(int Slots, int Closed, IReadOnlyList<ClosureImpact.Person> People, string Digest)
{
    public sealed record Person(string Name, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int PartySize);
}

/// <summary>What is still to come: slots that have not begun, closed ones too, and the bookings on them.</summary>
public sealed record ComingSlots(int Slots, int Bookings);

/// <summary>The slots of a venue. Supply answers; Venues asks, so that Venues need not know slots.</summary>
public interface IInventory
{
    /// <summary>A closed slot counts: it can be opened again.</summary>
    Task<ComingSlots> ComingAsync(Guid venueId, Guid? spaceId, CancellationToken ct);

    Task<ClosureImpact> PreviewAsync(Guid venueId, Guid? spaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);

    /// <summary>
    /// In the transaction that is open on the AppDb, the venue locked: until it ends nobody books, gives back or opens these slots, and
    /// what a preview says is what happens.
    /// </summary>
    Task LockAsync(Guid venueId, Guid? spaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);

    /// <summary>Closes the slots, cancels and tells who booked them, in the same transaction; how many bookings it cancelled.</summary>
    Task<int> ApplyAsync(Closure closure, CancellationToken ct);

    /// <summary>Opens again what only this closure had closed and what has not begun, in the open transaction, the venue locked; how many slots.</summary>
    Task<int> LiftAsync(Closure closure, CancellationToken ct);
}

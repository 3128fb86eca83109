namespace VenueBooking.Unions;

/// <summary>A line of a union's own list of its people; a removed one without a name only keeps <see cref="NeedsOfficer"/> of a card that no roster had.</summary>
public sealed class RosterEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UnionId { get; init; }
    public required string CardNumber { get; init; }
    public required string Name { get; set; }
    public DateTimeOffset ImportedAt { get; init; }
    public DateTimeOffset? RemovedAt { get; set; }
    /// <summary>
    /// An officer ended the membership that had this card. Kept here, since the roster outlasts the account, and who asks again may give
    /// another card: until an officer approves one with this card, nobody is verified by it.
    /// </summary>
    public bool NeedsOfficer { get; set; }
}

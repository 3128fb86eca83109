namespace VenueBooking.Unions;

/// <summary>A line of a union's own list of its people.</summary>
public sealed class RosterEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UnionId { get; init; }
    public required string CardNumber { get; init; }
    public required string Name { get; set; }
    public DateTimeOffset ImportedAt { get; init; }
    public DateTimeOffset? RemovedAt { get; set; }
}

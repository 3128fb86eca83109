namespace VenueBooking.Venues;

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

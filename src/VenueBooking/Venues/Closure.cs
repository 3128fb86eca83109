namespace VenueBooking.Venues;

/// <summary>A venue, or one space of it, is shut for a while.</summary>
public sealed class Closure
{
    /// <summary><see cref="Hits"/> as SQL, of a closure <c>c</c> and a row of <c>slots</c> of the same venue.</summary>
    public const string HitsSlot = "(c.space_id is null or c.space_id = slots.space_id) and c.starts_at < slots.ends_at and slots.starts_at < c.ends_at";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid VenueId { get; init; }
    public Guid? SpaceId { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LiftedAt { get; private set; }

    public void Lift(DateTimeOffset now) => LiftedAt ??= now;

    /// <summary>Whether it shuts this space of its venue at any moment from–until.</summary>
    public bool Hits(Guid spaceId, DateTimeOffset from, DateTimeOffset until) =>
        (SpaceId is null || SpaceId == spaceId) && StartsAt < until && from < EndsAt;
}

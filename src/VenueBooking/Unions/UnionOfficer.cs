namespace VenueBooking.Unions;

/// <summary>An officer's reach: the union and all below it.</summary>
public sealed class UnionOfficer
{
    public Guid UserId { get; init; }
    public Guid UnionId { get; init; }
}

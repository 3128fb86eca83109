namespace VenueBooking.Bookings;

public enum BookingState { Booked, CheckedIn, Attended, Cancelled, Released, NoShow }

/// <summary>预约: a member's claim on a slot. Written by BookingWriter, never by check-then-insert.</summary>
public sealed class Booking
{
    public Guid Id { get; init; }
    public Guid SlotId { get; init; }
    public Guid VenueId { get; init; }
    /// <summary>Null: a guest the desk let in by name. Whose data was erased is still the member, with an account that says nothing.</summary>
    public Guid? MemberId { get; init; }
    public string? GuestName { get; init; }
    public Guid? UnionId { get; init; }
    public required string Activity { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public int PartySize { get; init; }
    /// <summary>Places of the slot's capacity: the party, or 1 where the slot is exclusive.</summary>
    public int Places { get; init; }
    /// <summary>Six characters a desk can type.</summary>
    public required string Code { get; init; }
    public BookingState State { get; init; }
    public bool WalkIn { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ConfirmFrom { get; init; }
    public DateTimeOffset? ConfirmBy { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public DateTimeOffset? CheckedInAt { get; init; }
    public Guid? CheckedInBy { get; init; }
    public int? Headcount { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Null while it stands.</summary>
    public EndReason? EndReason { get; init; }
    /// <summary>What staff wrote to whoever had booked, when they took the slot away.</summary>
    public string? EndNote { get; init; }
    public int Sequence { get; init; }
    /// <summary>Of the request that made it: a repeated request finds this booking instead of making another.</summary>
    public Guid? RequestId { get; init; }

    public bool IsActive => State is BookingState.Booked or BookingState.CheckedIn;

    /// <summary>Whether the member is asked, at this moment, to say that they still come.</summary>
    public bool AwaitsConfirmation(DateTimeOffset now) =>
        State == BookingState.Booked && ConfirmedAt is null && ConfirmFrom <= now && now < ConfirmBy;
}

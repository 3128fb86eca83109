namespace VenueBooking.Supply;

public enum SlotState { Open, Closed, Withdrawn, HandedBack }

/// <summary>
/// 时段: the unit of inventory. The row carries the race: <c>taken</c> is a counter that only Bookings changes, together
/// with the booking, under the check 0 ≤ taken ≤ capacity. Slots of one space never overlap (exclusion constraint).
/// Supply writes the rest of the row, by SQL in bulk; here it is read.
/// </summary>
public sealed class Slot
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid VenueId { get; init; }
    public Guid SpaceId { get; init; }
    public Guid AgreementId { get; init; }
    public Guid? BlockId { get; init; }
    public required string Activity { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public int Capacity { get; init; }
    /// <summary>People one booking may bring.</summary>
    public int MaxParty { get; init; } = 1;
    public int Taken { get; init; }
    public SlotState State { get; init; }
    /// <summary>Closed by hand: it stays closed when a closure over it is lifted.</summary>
    public bool ClosedByStaff { get; init; }
    /// <summary>Whose members may book before <see cref="AllOpensAt"/>; null: nobody may.</summary>
    public Guid? AudienceUnionId { get; init; }
    public DateTimeOffset OpensAt { get; init; }
    public DateTimeOffset AllOpensAt { get; init; }
    public DateTimeOffset QuotaLiftedAt { get; init; }
    public DateTimeOffset ClosesAt { get; init; }
    public DateTimeOffset CancelUntil { get; init; }
    public DateTimeOffset? ReturnBy { get; init; }
    /// <summary>What the federation pays for it, in 分.</summary>
    public int PriceFen { get; init; }
    public DateTimeOffset? HandedBackAt { get; init; }
    public int? SavedFen { get; init; }

    public int Free => Capacity - Taken;
    /// <summary>A booking takes an exclusive slot whole, however many people come.</summary>
    public bool IsExclusive => Capacity == 1;
}

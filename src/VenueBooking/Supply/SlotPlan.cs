using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VenueBooking.Supply;

/// <summary>What becomes of a slot that a block would yield.</summary>
public enum SlotFate
{
    /// <summary>Will be written.</summary>
    Valid,
    /// <summary>Stands already, under this agreement.</summary>
    Kept,
    /// <summary>Would meet a slot of another agreement, or of another block of this one.</summary>
    Overlapping,
    OnClosure,
    OnHoliday,
    Past,
    /// <summary>Was withdrawn or handed back earlier: it does not come back by itself.</summary>
    Gone,
}

/// <param name="With">What stands in its way, for people: a closure's reason, a holiday's name, an agreement's number.</param>
/// <param name="OtherBlock">Its place in the draft (from 1), where another block stands in its way.</param>
/// <param name="OutsideHours">Outside the venue's opening hours: a warning, no more.</param>
public sealed record PlannedSlot(CutSlot Cut, SlotFate Fate, string? With = null, int? OtherBlock = null, bool OutsideHours = false, OwnSlot? Standing = null);

/// <summary>A slot of this agreement that has not begun.</summary>
public sealed record OwnSlot(Guid Id, Guid? BlockId, Guid SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, SlotState State, int Capacity, int Taken, int PriceFen)
{
    public bool IsLive => State is SlotState.Open or SlotState.Closed;
}

/// <summary>What saving or publishing an agreement would do to its slots. Its <see cref="Digest"/> is what staff confirm.</summary>
public sealed record SlotPlan(IReadOnlyList<PlannedSlot> Slots, IReadOnlyList<OwnSlot> Withdrawn)
{
    /// <summary>The bookings that stand on what would be withdrawn.</summary>
    public IReadOnlyList<StandingBooking> Hit { get; init; } = [];
    /// <summary>The agreement's terms, where they change, and with them every slot that is kept.</summary>
    public AgreementTerms? NewTerms { get; init; }

    public IEnumerable<PlannedSlot> Of(SlotFate fate) => Slots.Where(s => s.Fate == fate);
    public int Count(SlotFate fate) => Slots.Count(s => s.Fate == fate);
    public int Skipped => Slots.Count(s => s.Fate is not (SlotFate.Valid or SlotFate.Kept));
    public int OutsideHours => Slots.Count(s => s is { Fate: SlotFate.Valid, OutsideHours: true });
    public decimal Hours => Of(SlotFate.Valid).Sum(s => s.Cut.Block.SlotMinutes) / 60m;
    public long PriceFen => Of(SlotFate.Valid).Sum(s => (long)s.Cut.PriceFen);
    /// <summary>By how much the agreement's amount changes: what is new, less what is withdrawn, and new prices of what is kept.</summary>
    public long DifferenceFen => PriceFen + Of(SlotFate.Kept).Sum(s => (long)s.Cut.PriceFen - s.Standing!.PriceFen) - Withdrawn.Sum(s => (long)s.PriceFen);

    /// <summary>Kept slots in which more people are booked than would then fit; those that are <see cref="SoldOtherwise"/> are refused for that.</summary>
    public IEnumerable<PlannedSlot> TooSmall => Of(SlotFate.Kept).Where(s => s.Standing!.Taken > s.Cut.Block.Capacity).Except(SoldOtherwise);

    /// <summary>
    /// Kept slots that are booked and would change between being booked as a whole and by places: what stands on them holds
    /// one place or one for each person, by what the slot was, and could not be counted against the other.
    /// </summary>
    public IEnumerable<PlannedSlot> SoldOtherwise =>
        Of(SlotFate.Kept).Where(s => s.Standing!.Taken > 0 && s.Standing.Capacity == 1 != (s.Cut.Block.Capacity == 1));

    /// <summary>Kept slots whose price, places or terms change.</summary>
    public IEnumerable<PlannedSlot> Changed =>
        Of(SlotFate.Kept).Where(s => NewTerms is not null || s.Standing!.PriceFen != s.Cut.PriceFen || s.Standing.Capacity != s.Cut.Block.Capacity);

    /// <summary>Names exactly what was shown: equal digests, equal effect.</summary>
    public string Digest()
    {
        var text = new StringBuilder();
        foreach (var slot in Of(SlotFate.Valid).OrderBy(s => s.Cut.SpaceId).ThenBy(s => s.Cut.StartsAt))
            text.Append(CultureInfo.InvariantCulture, $"+{slot.Cut.SpaceId:N}{slot.Cut.StartsAt.UtcTicks}{slot.Cut.EndsAt.UtcTicks} {slot.Cut.Block.Capacity} {slot.Cut.PriceFen}\n");
        if (NewTerms is not null)
            text.Append(CultureInfo.InvariantCulture, $"={NewTerms}\n");
        foreach (var slot in Changed.OrderBy(s => s.Standing!.Id))
            text.Append(CultureInfo.InvariantCulture, $"~{slot.Standing!.Id:N} {slot.Cut.Block.Capacity} {slot.Cut.PriceFen}\n");
        foreach (var slot in Withdrawn.OrderBy(s => s.Id))
            text.Append(CultureInfo.InvariantCulture, $"-{slot.Id:N}\n");
        foreach (var use in Hit.OrderBy(u => u.BookingId))
            text.Append(CultureInfo.InvariantCulture, $"!{use.BookingId:N}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);
    }
}

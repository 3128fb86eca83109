using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>What an agreement says, checked. Also what the audit keeps of it.</summary>
public sealed record AgreementFacts(
    string Number, string Counterparty, DateOnly? SignedOn, DateOnly StartsOn, DateOnly EndsOn,
    Guid? OwnerUnionId, int OwnDays, int AllDays, int QuotaLiftedHours, int ClosesMinutes, int CancelHours,
    int? ReturnHours, int ReturnPercent, string Notes, IReadOnlyList<BlockFacts> Blocks)
{
    public const int MostBlocks = 60, MostSlots = 20_000, MostYears = 3;

    public static AgreementFacts Of(Agreement a, IEnumerable<PurchaseBlock> blocks) => new(
        a.Number, a.Counterparty, a.SignedOn, a.StartsOn, a.EndsOn, a.OwnerUnionId, a.OwnDays, a.AllDays, a.QuotaLiftedHours,
        a.ClosesMinutes, a.CancelHours, a.ReturnHours, a.ReturnPercent, a.Notes, [.. blocks.Select(BlockFacts.Of)]);

    public void WriteTo(Agreement a)
    {
        (a.Number, a.Counterparty, a.SignedOn, a.StartsOn, a.EndsOn, a.Notes) = (Number, Counterparty, SignedOn, StartsOn, EndsOn, Notes);
        (a.OwnerUnionId, a.OwnDays, a.AllDays, a.QuotaLiftedHours) = (OwnerUnionId, OwnDays, AllDays, QuotaLiftedHours);
        (a.ClosesMinutes, a.CancelHours, a.ReturnHours, a.ReturnPercent) = (ClosesMinutes, CancelHours, ReturnHours, ReturnPercent);
    }

    public AgreementTerms Terms() => new(OwnerUnionId, OwnDays, AllDays, QuotaLiftedHours, ClosesMinutes, CancelHours, ReturnHours, ReturnPercent);

    /// <summary>As it would be, ended later: blocks that ran to the end run on.</summary>
    public AgreementFacts ExtendedTo(DateOnly day) => this with
    {
        EndsOn = day,
        Blocks = [.. Blocks.Select(b => b.EndsOn == EndsOn ? b with { EndsOn = day } : b)],
    };

    /// <summary>The blocks as they would be; nothing of them is in the database.</summary>
    public List<PurchaseBlock> Draw(Guid agreementId) => [.. Blocks.Select((b, i) => b.Draw(agreementId, i))];

    /// <summary>What is too much for one agreement: more than that is a slip of the hand. Null where it is not.</summary>
    public Refusal? WhyNot() =>
        EndsOn > StartsOn.AddYears(MostYears) ? Refusal.Invalid("agreement_too_long", nameof(EndsOn), MostYears)
        : Blocks.Count > MostBlocks ? Refusal.Invalid("too_many_blocks", nameof(Blocks), MostBlocks)
        : Draw(Guid.Empty).Sum(SlotCutter.AtMost) > MostSlots ? Refusal.Invalid("too_many_slots", nameof(Blocks), MostSlots)
        : null;
}

/// <summary>What an agreement grants with every slot: who books when, until when one cancels, what goes back.</summary>
public sealed record AgreementTerms(
    Guid? OwnerUnionId, int OwnDays, int AllDays, int QuotaLiftedHours, int ClosesMinutes, int CancelHours, int? ReturnHours, int ReturnPercent)
{
    public static AgreementTerms Of(Agreement a) =>
        new(a.OwnerUnionId, a.OwnDays, a.AllDays, a.QuotaLiftedHours, a.ClosesMinutes, a.CancelHours, a.ReturnHours, a.ReturnPercent);
}

/// <param name="Id">Of the block it changes, or of a new one.</param>
/// <param name="Weekdays">Bit n for DayOfWeek n.</param>
public sealed record BlockFacts(
    Guid Id, Guid SpaceId, short Weekdays, TimeOnly FromTime, TimeOnly ToTime, DateOnly StartsOn, DateOnly EndsOn,
    int SlotMinutes, int Capacity, int HourPriceFen, bool OnHolidays)
{
    public static BlockFacts Of(PurchaseBlock b) =>
        new(b.Id, b.SpaceId, b.Weekdays, b.FromTime, b.ToTime, b.StartsOn, b.EndsOn, b.SlotMinutes, b.Capacity, b.HourPriceFen, b.OnHolidays);

    public PurchaseBlock Draw(Guid agreementId, int position) => new()
    {
        Id = Id,
        AgreementId = agreementId,
        Position = position,
        SpaceId = SpaceId,
        Weekdays = Weekdays,
        FromTime = FromTime,
        ToTime = ToTime,
        StartsOn = StartsOn,
        EndsOn = EndsOn,
        SlotMinutes = SlotMinutes,
        Capacity = Capacity,
        HourPriceFen = HourPriceFen,
        OnHolidays = OnHolidays,
    };
}

namespace VenueBooking.Supply;

/// <summary>What an agreement says, checked. Also what the audit keeps of it.</summary>
public sealed record AgreementFacts(
    string Number, string Counterparty, DateOnly? SignedOn, DateOnly StartsOn, DateOnly EndsOn,
    Guid? OwnerUnionId, int OwnDays, int AllDays, int QuotaLiftedHours, int ClosesMinutes, int CancelHours,
    int? ReturnHours, int ReturnPercent, string Notes, IReadOnlyList<BlockFacts> Blocks)
{
    public static AgreementFacts Of(Agreement a, IEnumerable<PurchaseBlock> blocks) => new(
        a.Number, a.Counterparty, a.SignedOn, a.StartsOn, a.EndsOn, a.OwnerUnionId, a.OwnDays, a.AllDays, a.QuotaLiftedHours,
        a.ClosesMinutes, a.CancelHours, a.ReturnHours, a.ReturnPercent, a.Notes, [.. blocks.Select(BlockFacts.Of)]);

    public void WriteTo(Agreement a)
    {
        (a.Number, a.Counterparty, a.SignedOn, a.StartsOn, a.EndsOn, a.Notes) = (Number, Counterparty, SignedOn, StartsOn, EndsOn, Notes);
        (a.OwnerUnionId, a.OwnDays, a.AllDays, a.QuotaLiftedHours) = (OwnerUnionId, OwnDays, AllDays, QuotaLiftedHours);
        (a.ClosesMinutes, a.CancelHours, a.ReturnHours, a.ReturnPercent) = (ClosesMinutes, CancelHours, ReturnHours, ReturnPercent);
    }

    /// <summary>As it would be, ended later: blocks that ran to the end run on.</summary>
    public AgreementFacts ExtendedTo(DateOnly day) => this with
    {
        EndsOn = day,
        Blocks = [.. Blocks.Select(b => b.EndsOn == EndsOn ? b with { EndsOn = day } : b)],
    };

    /// <summary>The blocks as they would be; nothing of them is in the database.</summary>
    public List<PurchaseBlock> Draw(Guid agreementId) => [.. Blocks.Select(b => b.Draw(agreementId))];
}

/// <param name="Id">Of the block it changes, or of a new one.</param>
/// <param name="Weekdays">Bit n for DayOfWeek n.</param>
public sealed record BlockFacts(
    Guid Id, Guid SpaceId, short Weekdays, TimeOnly FromTime, TimeOnly ToTime, DateOnly StartsOn, DateOnly EndsOn,
    int SlotMinutes, int Capacity, int HourPriceFen, bool OnHolidays)
{
    public static BlockFacts Of(PurchaseBlock b) =>
        new(b.Id, b.SpaceId, b.Weekdays, b.FromTime, b.ToTime, b.StartsOn, b.EndsOn, b.SlotMinutes, b.Capacity, b.HourPriceFen, b.OnHolidays);

    public PurchaseBlock Draw(Guid agreementId)
    {
        var block = new PurchaseBlock { Id = Id, AgreementId = agreementId };
        WriteTo(block);
        return block;
    }

    public void WriteTo(PurchaseBlock b)
    {
        (b.SpaceId, b.Weekdays, b.FromTime, b.ToTime, b.StartsOn, b.EndsOn) = (SpaceId, Weekdays, FromTime, ToTime, StartsOn, EndsOn);
        (b.SlotMinutes, b.Capacity, b.HourPriceFen, b.OnHolidays) = (SlotMinutes, Capacity, HourPriceFen, OnHolidays);
    }
}

using System.Globalization;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>What staff type about an agreement: text as it was typed, so that a refused form comes back as it was.</summary>
public sealed class AgreementForm
{
    public string? Number { get; set; }
    public string? Counterparty { get; set; }
    public string? SignedOn { get; set; }
    public string? StartsOn { get; set; }
    public string? EndsOn { get; set; }
    public string? OwnerUnionId { get; set; }
    public string? OwnDays { get; set; } = "14";
    public string? AllDays { get; set; } = "7";
    public string? QuotaLiftedHours { get; set; } = "24";
    public string? ClosesMinutes { get; set; } = "0";
    public string? CancelHours { get; set; } = "2";
    public string? ReturnHours { get; set; }
    public string? ReturnPercent { get; set; } = "100";
    public string? Notes { get; set; }
    public List<BlockForm> Blocks { get; set; } = [];

    public static AgreementForm Of(AgreementFacts facts) => new()
    {
        Number = facts.Number,
        Counterparty = facts.Counterparty,
        SignedOn = facts.SignedOn is { } signed ? Write(signed) : null,
        StartsOn = Write(facts.StartsOn),
        EndsOn = Write(facts.EndsOn),
        OwnerUnionId = facts.OwnerUnionId?.ToString(),
        OwnDays = Write(facts.OwnDays),
        AllDays = Write(facts.AllDays),
        QuotaLiftedHours = Write(facts.QuotaLiftedHours),
        ClosesMinutes = Write(facts.ClosesMinutes),
        CancelHours = Write(facts.CancelHours),
        ReturnHours = facts.ReturnHours is { } hours ? Write(hours) : null,
        ReturnPercent = Write(facts.ReturnPercent),
        Notes = facts.Notes,
        Blocks = [.. facts.Blocks.Select(BlockForm.Of)],
    };

    /// <summary>Reads the whole form; what cannot be right is among the checks' problems.</summary>
    /// <param name="spaces">Of the agreement's venue, those in use.</param>
    /// <param name="unions">That may own it.</param>
    public AgreementFacts Check(FieldChecks checks, IReadOnlyList<Space> spaces, IReadOnlySet<Guid> unions)
    {
        var (from, until) = (checks.Day(StartsOn, nameof(StartsOn)), checks.Day(EndsOn, nameof(EndsOn)));
        // A day of the agreement that is missing or wrong is said once, and not again by each block that lies outside of it.
        var (earliest, latest) = (checks.AreFine(nameof(StartsOn)) ? from : DateOnly.MinValue, checks.AreFine(nameof(EndsOn)) ? until : DateOnly.MaxValue);
        var kept = Blocks.Select((block, i) => (block, i)).Where(b => !b.block.Remove && !b.block.IsBlank).ToList();
        var facts = new AgreementFacts(
            checks.Text(Number, nameof(Number), 40, required: true),
            checks.Text(Counterparty, nameof(Counterparty), 100, required: true),
            string.IsNullOrWhiteSpace(SignedOn) ? null : checks.Day(SignedOn, nameof(SignedOn)),
            from, until,
            CheckOwner(checks, unions),
            checks.Number(OwnDays, nameof(OwnDays), 0, 90),
            checks.Number(AllDays, nameof(AllDays), 0, 90),
            checks.Number(QuotaLiftedHours, nameof(QuotaLiftedHours), 0, 720),
            checks.Number(ClosesMinutes, nameof(ClosesMinutes), 0, 10_080),
            checks.Number(CancelHours, nameof(CancelHours), 0, 168),
            string.IsNullOrWhiteSpace(ReturnHours) ? null : checks.Number(ReturnHours, nameof(ReturnHours), 0, 720),
            checks.Number(ReturnPercent, nameof(ReturnPercent), 0, 100),
            checks.Text(Notes, nameof(Notes), 2000),
            [.. kept.Select(b => b.block.Check(checks, $"{nameof(Blocks)}[{b.i}].", spaces, earliest, latest)).DistinctBy(b => b.Id)]);
        // Without a union that goes first, its days mean nothing: they follow all members'.
        if (facts.OwnerUnionId is null && facts.AllDays > facts.OwnDays)
            facts = facts with { OwnDays = facts.AllDays };
        CheckWhole(checks, facts);
        return facts;
    }

    void CheckWhole(FieldChecks checks, AgreementFacts facts)
    {
        if (checks.AreFine(nameof(OwnDays), nameof(AllDays)) && facts.AllDays > facts.OwnDays)
            checks.Refuse("own_days_too_few", nameof(OwnDays));
        if (checks.AreFine(nameof(StartsOn), nameof(EndsOn)) && facts.EndsOn < facts.StartsOn)
            checks.Refuse("ends_before_start", nameof(EndsOn));
        if (checks.Problems.Count == 0 && facts.WhyNot() is { } tooMuch)
            checks.Refuse(tooMuch);
    }

    Guid? CheckOwner(FieldChecks checks, IReadOnlySet<Guid> unions)
    {
        if (string.IsNullOrWhiteSpace(OwnerUnionId))
            return null;
        if (Guid.TryParse(OwnerUnionId, out var id) && unions.Contains(id))
            return id;
        checks.Refuse("owner_union_unknown", nameof(OwnerUnionId));
        return null;
    }

    internal static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    internal static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);
}

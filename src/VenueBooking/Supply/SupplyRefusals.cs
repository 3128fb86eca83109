using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>Every "no" of this module; the codes are keys in SupplyText.</summary>
public static class SupplyRefusals
{
    public static readonly Refusal NotDraft = new("agreement_not_draft");
    public static readonly Refusal NotActive = new("agreement_not_active");
    public static readonly Refusal NothingToPublish = new("nothing_to_publish");
    public static readonly Refusal NumberTaken = new("agreement_number_taken", nameof(Agreement.Number));
    public static readonly Refusal LastBlock = Refusal.Invalid("agreement_last_block", nameof(AgreementForm.Blocks));
    /// <summary>What staff confirmed is no longer what would happen.</summary>
    public static readonly Refusal PlanChanged = new("slot_plan_changed");
    public static readonly Refusal OnClosure = new("slot_on_closure");
    public static readonly Refusal SpaceRetired = new("space_retired");
    public static readonly Refusal Retired = new("slot_space_retired");

    public static Refusal Clash(string space, string when, string agreement) => new("slots_clash", Args: [space, when, agreement]);
    public static Refusal TooSmall(string space, string when, int taken) => new("capacity_below_taken", Args: [space, when, taken]);
    public static Refusal SoldOtherwise(string space, string when) => new("slot_sold_otherwise", Args: [space, when]);
}

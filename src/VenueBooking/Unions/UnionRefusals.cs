using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>Why Unions says no. Texts in UnionText.</summary>
static class UnionRefusals
{
    /// <summary>The constraint that nobody joins a union that has ended.</summary>
    public const string OpenUnion = "union_open_check";

    public static readonly Refusal UnionUnknown = Refusal.Invalid("union_unknown", "UnionId");
    public static readonly Refusal UnionNeeded = Refusal.Invalid("union_needed", "UnionId");
    public static readonly Refusal NotGrassroots = Refusal.Invalid("union_not_grassroots", "UnionId");
    public static readonly Refusal UnionNameTaken = Refusal.Invalid("union_name_taken", "Name");
    public static readonly Refusal UnionNameMissing = Refusal.Invalid("union_name_missing", "Name");
    public static readonly Refusal UnionCapOutOfRange = Refusal.Invalid("union_cap_out_of_range", "DailyCap");
    public static readonly Refusal UnionInUse = new("union_in_use");
    public static readonly Refusal CardTaken = new("card_taken", "CardNumber");
    public static readonly Refusal CardInvalid = Refusal.Invalid("card_invalid", "CardNumber");
    public static readonly Refusal NameMissing = Refusal.Invalid("member_name_missing", "Name");
    public static readonly Refusal AlreadyVerified = new("membership_already_verified");
    public static readonly Refusal AddressUnconfirmed = new("membership_address_unconfirmed");
    public static readonly Refusal NotWaiting = new("membership_not_waiting");
    public static readonly Refusal ReasonMissing = Refusal.Invalid("membership_reason_missing", "Reason");
    public static readonly Refusal UploadGone = new("roster_upload_gone", null, StatusCodes.Status404NotFound);
}

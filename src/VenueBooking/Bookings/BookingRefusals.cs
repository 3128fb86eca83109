using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Every "no" of this module. The texts are in BookingText under the same codes.</summary>
static class BookingRefusals
{
    /// <summary>Fields, as programs call them.</summary>
    public const string Member = "member", PartySize = "partySize";

    const int Forbidden = StatusCodes.Status403Forbidden, Missing = StatusCodes.Status404NotFound;

    public static readonly Refusal
        SlotFull = new("slot_full"),
        SlotClosed = new("slot_closed"),
        NotVerified = new("not_verified", null, Forbidden),
        MembershipEnded = new("membership_ended", null, Forbidden),
        CardNotVerified = Refusal.Invalid("card_not_verified", Member),
        CardEnded = Refusal.Invalid("card_ended", Member),
        AlreadyBooked = new("already_booked"),
        AlreadyCancelled = new("already_cancelled"),
        NotCancellable = new("not_cancellable"),
        NotConfirmable = new("not_confirmable"),
        CodeUnknown = new("code_unknown", "code", Missing),
        CodeMissing = Refusal.Invalid("code_missing", "code"),
        UndoTooLate = new("undo_too_late"),
        NotCheckedIn = new("not_checked_in"),
        MemberUnknown = Refusal.Invalid("member_unknown", Member),
        KeyReused = Refusal.Invalid("idempotency_key_reused"),
        TryAgain = new("try_again", null, StatusCodes.Status503ServiceUnavailable);

    public static Refusal TooFewPlaces(int left) => new("too_few_places", Args: [left]);
    public static Refusal SlotNotOpen(DateTimeOffset opensAt) => new("slot_not_open", Args: [Moment(opensAt)]);
    public static Refusal SlotPast(DateTimeOffset closedAt) => new("slot_past", Args: [Moment(closedAt)]);
    public static Refusal NotAudience(DateTimeOffset allOpensAt) => new("not_audience", null, Forbidden, Moment(allOpensAt));
    public static Refusal OwnClash(DateTimeOffset from, DateTimeOffset until) =>
        new("own_clash", Args: [Moment(from), SiteTime.End(until)]);
    public static Refusal QuotaUsed(int minutes, int used, int asked) => new("quota_used", Args: [SiteTime.Hours(minutes), SiteTime.Hours(used), SiteTime.Hours(asked)]);
    public static Refusal OpenBookingsUsed(int allowed) => new("open_bookings_used", Args: [allowed]);
    public static Refusal UnionDayFull(int cap) => new("union_day_full", Args: [cap]);
    public static Refusal PartyTooBig(int most) => Refusal.Invalid("party_too_big", PartySize, most);
    public static Refusal PartyTooSmall() => Refusal.Invalid("party_too_small", PartySize);
    public static Refusal CancelTooLate(DateTimeOffset until) => new("cancel_too_late", Args: [Moment(until)]);
    public static Refusal ConfirmTooEarly(DateTimeOffset from) => new("confirm_too_early", Args: [Moment(from)]);
    public static Refusal CheckInTooEarly(DateTimeOffset from, DateTimeOffset startsAt, string space, int people) =>
        new("check_in_too_early", "code", Args: [Moment(from), Moment(startsAt), space, people]);
    public static Refusal WalkInTooEarly(DateTimeOffset from) => new("walk_in_too_early", Args: [Moment(from)]);
    public static Refusal CodeWrongDay(DateTimeOffset startsAt) => new("code_wrong_day", "code", Args: [Moment(startsAt)]);
    public static Refusal CodeElsewhere(string venue) => new("code_elsewhere", "code", Args: [venue]);
    public static Refusal AlreadyCheckedIn(DateTimeOffset at) => new("already_checked_in", "code", Args: [Moment(at)]);
    public static Refusal CodeEnded(BookingState state) => new(state switch
    {
        BookingState.NoShow => "code_no_show",
        BookingState.Released => "code_released",
        _ => "code_cancelled",
    }, "code");
    public static Refusal HeadcountOutOfRange(int most) => Refusal.Invalid("headcount_out_of_range", "headcount", most);

    /// <summary>Rendered when the text is: a refusal may be told in another language than it was made in.</summary>
    static LocalMoment Moment(DateTimeOffset at) => new(at);
}

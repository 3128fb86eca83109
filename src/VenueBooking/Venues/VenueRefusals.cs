using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Every "no" of this module beyond what a form's field says; the codes are keys in VenuesText.</summary>
static class VenueRefusals
{
    public static readonly Refusal VenueRetired = new("venue_retired");
    public static readonly Refusal VenueUnknown = Refusal.Invalid("venue_unknown", "VenueId");
    public static readonly Refusal VenueNameTaken = new("venue_name_taken", nameof(VenueForm.Name));
    public static readonly Refusal SpaceNameTaken = new("space_name_taken", nameof(SpaceForm.Name));
    public static readonly Refusal SpaceUnknown = Refusal.Invalid("space_unknown", nameof(ClosureForm.SpaceId));
    public static readonly Refusal ClosureEndsFirst = Refusal.Invalid("closure_ends_first", nameof(ClosureForm.Until));
    public static readonly Refusal ClosureInPast = Refusal.Invalid("closure_in_past", nameof(ClosureForm.Until));
    public static readonly Refusal ClosureTooLong = Refusal.Invalid("closure_too_long", nameof(ClosureForm.Until));
    public static readonly Refusal ClosureLifted = new("closure_lifted_before");
    public static readonly Refusal ClosureOver = new("closure_over");
    /// <summary>What staff confirmed is no longer what would happen.</summary>
    public static readonly Refusal ImpactChanged = new("closure_impact_changed");
    public static readonly Refusal HolidayDayTaken = new("holiday_day_taken", nameof(HolidayForm.Day));
    public static readonly Refusal PhotoNone = Refusal.Invalid("photo_none", "Files");
    public static readonly Refusal PhotoNotAnImage = Refusal.Invalid("photo_not_an_image", "Files");

    public static Refusal VenueHasSlots(ComingSlots coming) => new("venue_has_slots", Args: [coming.Slots, coming.Bookings]);
    public static Refusal SpaceHasSlots(ComingSlots coming) => new("space_has_slots", Args: [coming.Slots, coming.Bookings]);
    public static Refusal ActivityHasSlots(ComingSlots coming) => new("space_activity_has_slots", nameof(SpaceForm.Activity), Args: [coming.Slots]);
    public static Refusal PhotoTooMany(int most, int there) => Refusal.Invalid("photo_too_many", "Files", most, there);
    public static Refusal PhotoTooManyPixels(long megapixels) => Refusal.Invalid("photo_too_many_pixels", "Files", megapixels);
    public static Refusal PhotoTooBig(int megabytes) => new("photo_too_big", "Files", StatusCodes.Status413PayloadTooLarge, megabytes);
}

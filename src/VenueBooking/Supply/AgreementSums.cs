using System.Text.Json.Serialization;

namespace VenueBooking.Supply;

/// <summary>What an agreement has come to so far.</summary>
/// <param name="Hours">Of slots that are open or closed, past and coming.</param>
/// <param name="PriceFen">What they cost, and what did not come back for those handed back: with SavedFen, the price of them all.</param>
/// <param name="PastHours">Of those, what has begun.</param>
/// <param name="UsedHours">Of what has begun, what somebody had booked.</param>
/// <param name="PastFen">Of PriceFen, what was for times that have begun.</param>
public sealed record AgreementSums(
    [property: JsonIgnore] Guid AgreementId, int Slots, decimal Hours, long PriceFen, decimal PastHours, decimal UsedHours, long PastFen, int HandedBack, long SavedFen, int Withdrawn)
{
    public int? UsePercent => PastHours == 0 ? null : (int)Math.Round(100 * UsedHours / PastHours);
    public long? FenPerUsedHour => UsedHours == 0 ? null : (long)Math.Round(PastFen / UsedHours);
}

using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>The words of agreements and slots.</summary>
[TextSource]
public sealed class SupplyText;

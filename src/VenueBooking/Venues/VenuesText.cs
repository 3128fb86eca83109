using VenueBooking.Web;

namespace VenueBooking.Venues;

[TextSource]
public sealed class VenuesText;

using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Texts of refusals and mails of bookings; PageText has those of the pages.</summary>
[TextSource]
public sealed class BookingText;

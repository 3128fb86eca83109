using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The words of the booking pages; refusals and mails have theirs in BookingText.</summary>
[TextSource]
public sealed class BookingPageText;

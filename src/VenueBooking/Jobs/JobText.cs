using VenueBooking.Web;

namespace VenueBooking.Jobs;

[TextSource]
public sealed class JobText;

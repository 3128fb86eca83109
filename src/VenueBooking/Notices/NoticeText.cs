using VenueBooking.Web;

namespace VenueBooking.Notices;

[TextSource]
public sealed class NoticeText;

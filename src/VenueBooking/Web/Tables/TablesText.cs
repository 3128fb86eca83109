namespace VenueBooking.Web.Tables;

[TextSource]
public sealed class TablesText;

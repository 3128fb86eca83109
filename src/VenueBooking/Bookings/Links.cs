namespace VenueBooking.Bookings;

/// <summary>What hangs on a booking and is no page.</summary>
static class Links
{
    public static string Ics(Booking booking) => $"/bookings/{booking.Id}/calendar.ics";

    public static string Qr(Booking booking) => $"/bookings/{booking.Id}/qr.svg";

    public static string Phone(string number) => "tel:" + string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+'));
}

using Microsoft.AspNetCore.Mvc;

namespace VenueBooking.Bookings;

/// <summary>What hangs on a booking and is no page.</summary>
static class Links
{
    public const string IcsName = "booking_ics", QrName = "ticket_qr", FeedName = "calendar_feed";

    public static string? Ics(this IUrlHelper url, Booking booking) => url.RouteUrl(IcsName, new { id = booking.Id });

    public static string? Qr(this IUrlHelper url, Booking booking) => url.RouteUrl(QrName, new { id = booking.Id });

    public static string Phone(string number) => "tel:" + string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+'));
}

using System.Globalization;
using VenueBooking.Venues;

namespace VenueBooking.Bookings;

/// <summary>Ways out of the booking pages, to where the house has no page of its own.</summary>
static class Links
{
    /// <summary>A map service of the reader's choice opens at the venue; null where its position is not known.</summary>
    public static string? Map(Venue venue) => venue is { Latitude: { } latitude, Longitude: { } longitude }
        ? string.Create(CultureInfo.InvariantCulture, $"https://uri.amap.com/marker?position={longitude:0.######},{latitude:0.######}&name={Uri.EscapeDataString(venue.Name)}")
        : null;

    public static string Ics(Booking booking) => $"/bookings/{booking.Id}/calendar.ics";

    public static string Qr(Booking booking) => $"/bookings/{booking.Id}/qr.svg";

    public static string Phone(string number) => "tel:" + string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+'));
}

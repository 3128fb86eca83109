using System.Globalization;

namespace VenueBooking.Venues;

/// <summary>A way out to a map: nothing of it is loaded into our pages.</summary>
public static class VenueMap
{
    /// <summary>The position (WGS 84, as telephones give it) with the venue's name, or a search for its address.</summary>
    public static string LinkTo(Venue venue) => LinkTo(venue.Name, venue.Address, venue.Latitude, venue.Longitude);

    public static string LinkTo(string name, string address, double? latitude, double? longitude) => latitude is not null && longitude is not null
        ? string.Create(CultureInfo.InvariantCulture, $"https://uri.amap.com/marker?position={longitude},{latitude}&name={Uri.EscapeDataString(name)}&coordinate=wgs84&callnative=1")
        : $"https://uri.amap.com/search?keyword={Uri.EscapeDataString(address + " " + name)}&callnative=1";
}

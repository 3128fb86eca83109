namespace VenueBooking.Bookings;

/// <summary>A point on the map, in degrees.</summary>
public readonly record struct Near(double Latitude, double Longitude)
{
    public double KmTo(double latitude, double longitude)
    {
        const double radius = 6371;
        double Rad(double degrees) => degrees * Math.PI / 180;
        var (dLat, dLon) = (Rad(latitude - Latitude), Rad(longitude - Longitude));
        var a = Math.Pow(Math.Sin(dLat / 2), 2) + Math.Cos(Rad(Latitude)) * Math.Cos(Rad(latitude)) * Math.Pow(Math.Sin(dLon / 2), 2);
        return 2 * radius * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }
}

namespace VenueBooking.Bookings;

public static class BookingsModule
{
    public static IServiceCollection AddBookings(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapBookings(this IEndpointRouteBuilder routes) => routes;
}

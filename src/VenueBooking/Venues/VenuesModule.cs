namespace VenueBooking.Venues;

public static class VenuesModule
{
    public static IServiceCollection AddVenues(this IServiceCollection services) =>
        services.AddScoped<HolidayCalendars>().AddScoped<VenueDeskScopes>();

    public static IEndpointRouteBuilder MapVenues(this IEndpointRouteBuilder routes) => routes;
}

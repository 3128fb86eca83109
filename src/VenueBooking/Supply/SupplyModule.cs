namespace VenueBooking.Supply;

public static class SupplyModule
{
    public static IServiceCollection AddSupply(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapSupply(this IEndpointRouteBuilder routes) => routes;
}

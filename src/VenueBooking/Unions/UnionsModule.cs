namespace VenueBooking.Unions;

public static class UnionsModule
{
    public static IServiceCollection AddUnions(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapUnions(this IEndpointRouteBuilder routes) => routes;
}

namespace VenueBooking.Notices;

public static class NoticesModule
{
    public static IServiceCollection AddNotices(this IServiceCollection services) =>
        services.AddScoped<Outbox>();

    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder routes) => routes;
}

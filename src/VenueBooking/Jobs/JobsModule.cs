namespace VenueBooking.Jobs;

public static class JobsModule
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes) => routes;
}

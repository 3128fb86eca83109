namespace VenueBooking.Jobs;

public static class JobsModule
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        foreach (var entry in Schedule.All)
            services.AddScoped(entry.Job);
        services.AddSingleton<JobScheduler>().AddHostedService(sp => sp.GetRequiredService<JobScheduler>());
        return services.AddSingleton<JobRuns>().AddSingleton<JobRunner>().AddSingleton<Retention>();
    }

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes) => routes;
}

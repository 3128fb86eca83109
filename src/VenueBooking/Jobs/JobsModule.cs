using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Startup;

namespace VenueBooking.Jobs;

public static class JobsModule
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        foreach (var entry in Schedule.All)
            services.AddScoped(entry.Job);
        services.AddSingleton<JobWatch>().AddHealthChecks().AddCheck<JobWatch>("jobs", tags: [Health.Ready]);
        services.AddScoped<JobBoard>().AddScoped<JobHistory>().AddScoped<RunJobNow>().AddSingleton<JobWords>();
        services.AddNav(new NavItem("nav_jobs", "/Jobs/Index", Policies.Staff, 65));
        services.AddSingleton<JobScheduler>().AddHostedService(sp => sp.GetRequiredService<JobScheduler>());
        return services.AddSingleton<JobRuns>().AddSingleton<JobRunner>().AddSingleton<Retention>();
    }

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes) => routes;
}

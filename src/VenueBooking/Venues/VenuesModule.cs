using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Startup;

namespace VenueBooking.Venues;

public static class VenuesModule
{
    public static IServiceCollection AddVenues(this IServiceCollection services)
    {
        services.AddScoped<HolidayCalendars>().AddScoped<VenueDeskScopes>().AddScoped<IRoleScope, DeskReach>().AddScoped<IPersonalData, DeskPersonalData>();
        services.AddScoped<EditVenue>().AddScoped<EditSpace>().AddScoped<EditPhotos>().AddScoped<EditHolidays>().AddScoped<Closures>();
        services.AddScoped<VenueList>().AddScoped<VenueGuide>().AddSingleton<VenueCache>();
        // Public and the same for everybody; short, because another instance's change does not reach this one's cache.
        services.AddOutputCache(options => options.AddPolicy(VenueCache.Policy, policy =>
            policy.Expire(TimeSpan.FromSeconds(30)).Tag(VenueCache.Tag).SetVaryByQuery("activity", "cursor", "limit")));
        services.AddTransient<IImport, ImportVenues>();
        services.AddVenueNames();
        return services.AddNav(
            new NavItem("nav_venues", "/Venues/Index", null, 5),
            new NavItem("nav_venues_staff", "/Venues/Staff/Index", Policies.Staff, 40),
            new NavItem("nav_calendar", "/Venues/Staff/Holidays", Policies.Staff, 42));
    }

    public static IEndpointRouteBuilder MapVenues(this IEndpointRouteBuilder routes)
    {
        PhotoEndpoint.Map(routes);
        routes.MapVenuesApi();
        return routes;
    }
}

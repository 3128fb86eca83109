namespace VenueBooking.Supply;

public static class SupplyModule
{
    public static IServiceCollection AddSupply(this IServiceCollection services) => services
        .AddScoped<SlotSurvey>()
        .AddScoped<SlotWriter>()
        .AddScoped<SlotNames>()
        .AddScoped<PublishAgreement>();

    public static IEndpointRouteBuilder MapSupply(this IEndpointRouteBuilder routes) => routes;
}

using VenueBooking.Accounts;
using VenueBooking.Notices;
using VenueBooking.Shared;
using VenueBooking.Startup;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

public static class SupplyModule
{
    public static IServiceCollection AddSupply(this IServiceCollection services)
    {
        services.AddScoped<SlotSurvey>().AddScoped<SlotWriter>().AddScoped<StandingSlots>();
        services.AddScoped<DraftAgreement>().AddScoped<PublishAgreement>().AddScoped<ChangeAgreement>().AddScoped<TerminateAgreement>().AddScoped<ChangeSlots>();
        services.AddScoped<AgreementDesk>().AddScoped<AgreementList>().AddScoped<AgreementWeeks>().AddScoped<Attachments>();
        services.AddSingleton<BookingWindow>();
        services.AddScoped<IInventory, SlotInventory>().AddScoped<INextFree, NextFreeSlots>();
        services.AddScoped<INoticeTemplate, HandBackNotice>();
        services.AddTransient<IImport, ImportAgreements>();
        services.Names<Agreement>(a => new() { Id = a.Id, Name = a.Number });
        return services.AddNav(new NavItem("nav_agreements", "/Supply/Staff/Index", Policies.Staff, 40) { Icon = "paper" });
    }

    public static IEndpointRouteBuilder MapSupply(this IEndpointRouteBuilder routes)
    {
        routes.MapAgreementApi();
        routes.MapStaffStart();
        return routes;
    }
}

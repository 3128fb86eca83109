using VenueBooking.Accounts;
using VenueBooking.Data;
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
        services.Names(NamesOfAgreements).Names(NamesOfSlots);
        return services.AddNav(new NavItem("nav_agreements", "/Supply/Staff/Index", Policies.Staff, 40) { Icon = "paper" });
    }

    static IQueryable<AuditName> NamesOfAgreements(AppDb db) =>
        from a in db.Set<Agreement>()
        join v in db.Set<Venue>() on a.VenueId equals v.Id
        select new AuditName { Id = a.Id, Name = a.Number, Owner = v.Name, OwnerEn = v.NameEn };

    static IQueryable<AuditName> NamesOfSlots(AppDb db) =>
        from s in db.Set<Slot>()
        join p in db.Set<Space>() on s.SpaceId equals p.Id
        join v in db.Set<Venue>() on s.VenueId equals v.Id
        select new AuditName { Id = s.Id, Name = v.Name, NameEn = v.NameEn, Then = p.Name, ThenEn = p.NameEn, StartsAt = s.StartsAt, EndsAt = s.EndsAt };

    public static IEndpointRouteBuilder MapSupply(this IEndpointRouteBuilder routes)
    {
        routes.MapAgreementApi();
        routes.MapStaffStart();
        return routes;
    }
}

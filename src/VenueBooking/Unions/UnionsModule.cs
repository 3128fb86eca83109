using VenueBooking.Accounts;
using VenueBooking.Notices;
using VenueBooking.Shared;
using VenueBooking.Startup;
using VenueBooking.Web;

namespace VenueBooking.Unions;

public static class UnionsModule
{
    public static IServiceCollection AddUnions(this IServiceCollection services) => services
        .Names(db => db.Set<Union>().Select(u => new AuditName { Id = u.Id, Name = u.Name }))
        .AddScoped<OfficerScope>().AddScoped<UnionTree>().AddScoped<MembershipChanges>().AddScoped<MembershipDesk>().AddScoped<MemberList>().AddScoped<IMemberships, NewMembers>()
        .AddScoped<RosterMerge>().AddScoped<RosterImport>().AddScoped<IImport, ImportRoster>()
        .AddScoped<IPersonalData, MembershipPersonalData>().AddScoped<IRoleScope, OfficerReach>()
        .AddPlainNotices(
            new("membership_verified"),
            new("membership_rejected", Quotes: "reason"),
            new("membership_ended"))
        .AddNav(
            new("nav_membership", "/Unions/MyMembership", Policies.SignedIn, 5) { Place = NavPlace.Account, Icon = "user" },
            new("nav_members", "/Unions/Members", Policies.Officer, 20) { Holds = ["/Unions/Roster"] },
            new("nav_unions", "/Unions/Tree", Policies.Staff, 35));

    public static IEndpointRouteBuilder MapUnions(this IEndpointRouteBuilder routes) => routes;
}

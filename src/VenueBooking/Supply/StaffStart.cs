using Microsoft.AspNetCore.Authorization;
using VenueBooking.Accounts;
using VenueBooking.Shared;

namespace VenueBooking.Supply;

/// <summary>
/// <c>/staff</c>, as people type it: leads to the agreements whoever may open them, and a desk or an officer to what the navigation
/// has first for them.
/// </summary>
static class StaffStart
{
    const string Agreements = "/Supply/Staff/Index";

    public static void MapStaffStart(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/staff", LeadAsync).RequireAuthorization(Policies.AnyStaff).ExcludeFromDescription();

    static async Task<IResult> LeadAsync(HttpContext context, IEnumerable<NavItem> places, IAuthorizationService authorization, LinkGenerator links)
    {
        foreach (var place in places.Where(p => p.Policy is Policies.Staff or Policies.Officer or Policies.Desk).OrderBy(p => p.Page != Agreements).ThenBy(p => p.Order))
            if ((await authorization.AuthorizeAsync(context.User, place.Policy!)).Succeeded)
                return Results.Redirect(links.GetPathByPage(context, place.Page)!);
        return Results.NotFound();
    }
}

using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues.Staff;

/// <summary>A staff page below one venue, <c>{id:guid}</c> of its address. Where there is no such venue, the page is not there either.</summary>
public abstract class VenuePageModel(AppDb db) : PageModel
{
    protected AppDb Db => db;

    public Venue Venue { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = Guid.TryParse(RouteData.Values["id"]?.ToString(), out var id)
            ? await db.Set<Venue>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, HttpContext.RequestAborted)
            : null;
        if (found is null)
        {
            context.Result = NotFound();
            return;
        }
        Venue = found;
        await next();
    }
}

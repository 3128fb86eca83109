using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Web;

public static class Htmx
{
    /// <summary>Whether htmx asks for a piece of the page rather than the page.</summary>
    public static bool IsHtmx(this HttpRequest request) =>
        request.Headers.ContainsKey("HX-Request") && !request.Headers.ContainsKey("HX-History-Restore-Request");

    /// <summary>The named fragment for htmx, the whole page for everybody else: the same URL serves both.</summary>
    public static IActionResult PageOrFragment(this PageModel page, string fragment)
    {
        page.Response.Headers.Append("Vary", "HX-Request");
        return page.Request.IsHtmx() ? page.Partial(fragment, page) : page.Page();
    }
}

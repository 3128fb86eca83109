using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

/// <summary>A page that is shown again with what is wrong, everything typed still in it.</summary>
static class PageRefusals
{
    public static IActionResult Refused(this PageModel page, Texts texts, Refusal refusal, string prefix = "Input")
    {
        if (refusal.Status == StatusCodes.Status404NotFound)
            return page.NotFound();
        return page.Refused(texts, [refusal], prefix);
    }

    public static IActionResult Refused(this PageModel page, Texts texts, IReadOnlyList<Refusal> refusals, string prefix = "Input")
    {
        page.ModelState.AddRefusals(texts, refusals, prefix);
        page.Response.StatusCode = refusals.Count > 0 ? refusals[0].Status : StatusCodes.Status422UnprocessableEntity;
        return page.Page();
    }
}

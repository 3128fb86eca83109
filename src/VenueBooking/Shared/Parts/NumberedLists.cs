using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Shared.Parts;

static class NumberedLists
{
    /// <summary>The page, or, where the list does not reach so far (any more), its first page with the same filter.</summary>
    public static IActionResult PageOrFirst<T>(this PageModel page, NumberedPage<T> list) =>
        list.IsBeyondEnd ? page.LocalRedirect(CurrentUrl.With(page.Request)) : page.Page();
}

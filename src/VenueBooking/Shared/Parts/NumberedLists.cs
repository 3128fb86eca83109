using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Shared.Parts;

static class NumberedLists
{
    /// <summary>The page, or, where the list does not reach so far (any more), its last page with the same filter.</summary>
    public static IActionResult PageOrLast<T>(this PageModel page, NumberedPage<T> list) =>
        list.IsBeyondEnd ? page.LocalRedirect(CurrentUrl.With(page.Request, (NumberedPage.Param, NumberOf(list.Last)))) : page.Page();

    static string? NumberOf(int page) => page == 1 ? null : page.ToString(CultureInfo.InvariantCulture);
}

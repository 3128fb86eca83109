using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;

namespace VenueBooking.Shared;

/// <summary>
/// Links get old and are mistyped: what in an address means nothing is left out, and the page that remains says so. Led to rather than
/// shown, so that no link on it carries the mistake on.
/// </summary>
static class MendedLinks
{
    /// <summary>Names of what could not be read as what it should be.</summary>
    public static List<string> Unread(this ModelStateDictionary state) => [.. state.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => entry.Key)];

    public static IActionResult LeadToWithout(this PageModel page, params IEnumerable<string> names)
    {
        page.Flash(page.HttpContext.RequestServices.GetRequiredService<Texts>()["link_mended"], NoticeKind.Warning);
        return page.LocalRedirect(CurrentUrl.With(page.Request, [.. names.Select(name => (name, (string?)null))]));
    }
}

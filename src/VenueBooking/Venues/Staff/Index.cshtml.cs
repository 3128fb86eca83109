using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Venues.Staff;

[Authorize(Policy = Policies.Staff)]
public sealed class VenuesModel(VenueList list, IStringLocalizer<VenuesText> words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Activity { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public NumberedPage<VenueLine> List { get; private set; } = null!;

    VenueFilter Filter => new(Q, Activity, State, Sort);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = NumberedPage.Param)] string? number, CancellationToken ct)
    {
        if (!NumberedPage.TryParse(number, out var page))
            return this.LeadToWithout(NumberedPage.Param);
        List = await list.PageAsync(Filter, page, ct);
        return this.PageOrLast(List);
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct)
    {
        var lines = await list.AllAsync(Filter, ct);
        string[] headers =
        [
            words["name"], words["name_en"], words["activity"], words["address"], words["phone"], words["latitude"], words["longitude"],
            words["spaces"], words["photos"], words["created"], words["state"],
        ];
        return TableFile.Of(format, words["venues_title"], headers, lines.Select(v => (IReadOnlyList<object?>)
        [
            v.Name, v.NameEn, string.Join(words["comma"], v.Activities.Select(a => words[Activities.TextKey(a)].Value)), v.Address, v.Phone, v.Latitude, v.Longitude,
            v.Spaces, v.Photos, v.CreatedAt, words[v.RetiredAt is null ? "in_use" : "retired"].Value,
        ]));
    }
}

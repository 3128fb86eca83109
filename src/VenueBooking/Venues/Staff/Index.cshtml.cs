using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
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

    public IReadOnlyList<VenueLine> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public string? Next { get; private set; }

    VenueFilter Filter => new(Q, Activity, State, Sort);

    /// <param name="cursor">How many lines to leave out, as the page before said.</param>
    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        var skip = 0;
        if (!string.IsNullOrEmpty(cursor) && !(int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip) && skip <= 1_000_000))
            return BadRequest();
        (Lines, Total) = await list.PageAsync(Filter, skip, VenueList.PageSize, ct);
        if (skip + Lines.Count < Total)
            Next = (skip + VenueList.PageSize).ToString(CultureInfo.InvariantCulture);
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct)
    {
        var (lines, _) = await list.PageAsync(Filter, 0, TableReader.MaxRows, ct);
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

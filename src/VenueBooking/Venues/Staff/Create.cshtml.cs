using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

[Authorize(Policy = Policies.Staff)]
public sealed class VenueCreateModel(EditVenue venues, Texts texts, IStringLocalizer<VenuesText> words) : PageModel
{
    [BindProperty]
    public VenueForm Input { get; set; } = VenueForm.New();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var checks = new FieldChecks();
        var facts = Input.Check(checks);
        if (checks.Problems.Count > 0)
            return this.Refused(texts, checks.Problems);
        var created = await venues.CreateAsync(facts, ct);
        if (created.IsRefused)
            return this.Refused(texts, created.Refusal);
        this.Flash(words["venue_created"]);
        return RedirectToPage("/Venues/Staff/Spaces", new { id = created.Value.Id });
    }
}

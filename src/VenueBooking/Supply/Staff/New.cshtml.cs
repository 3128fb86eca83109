using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using VenueBooking.Accounts;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>The head of a new agreement; terms and blocks come on the next page, when the venue's spaces are known.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class NewModel(AgreementDesk desk, DraftAgreement drafts, Texts texts) : PageModel
{
    [BindProperty]
    public AgreementForm Form { get; set; } = new();
    [BindProperty]
    public string? VenueId { get; set; }

    public IEnumerable<SelectListItem> Venues { get; private set; } = [];

    public async Task OnGetAsync(string? venueId, CancellationToken ct)
    {
        VenueId = venueId;
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var checks = new FieldChecks();
        Form.Blocks = [];
        var facts = Form.Check(checks, [], new HashSet<Guid>());
        var venue = await desk.VenueAsync(VenueId, ct);
        if (venue.Refusal is { } unknown)
            ModelState.AddRefusal(texts, unknown);
        ModelState.AddRefusals(texts, checks.Problems, nameof(Form));
        if (!ModelState.IsValid || venue.IsRefused)
            return await AgainAsync(StatusCodes.Status422UnprocessableEntity, ct);
        var made = await drafts.CreateAsync(venue.Value.Id, facts, ct);
        if (!made.IsRefused)
            return RedirectToPage("/Supply/Staff/Edit", new { made.Value.Id });
        ModelState.AddRefusal(texts, made.Refusal, nameof(Form));
        return await AgainAsync(made.Refusal.Status, ct);
    }

    async Task<IActionResult> AgainAsync(int status, CancellationToken ct)
    {
        await LoadAsync(ct);
        Response.StatusCode = status;
        return Page();
    }

    async Task LoadAsync(CancellationToken ct) =>
        Venues = (await desk.VenuesAsync(ct)).Select(v => new SelectListItem(v.LocalName, v.Id.ToString()));
}

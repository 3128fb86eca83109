using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>The saved draft's slots, and the button that writes exactly these.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class PublicationModel(AgreementDesk desk, SlotSurvey survey, PublishAgreement publish, Texts texts, IStringLocalizer<SupplyText> t) : PageModel
{
    public PlanView Plan { get; private set; } = null!;
    public AgreementView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] uint version, [FromForm] string? digest, CancellationToken ct)
    {
        var published = await publish.PublishAsync(id, version, digest ?? "", ct);
        if (!published.IsRefused)
        {
            this.Flash(t["agreement_published", published.Value.Slots]);
            return RedirectToPage("/Supply/Staff/Show", new { id });
        }
        ModelState.AddRefusal(texts, published.Refusal);
        if (published.Refusal == Refusal.NotFound || !await LoadAsync(id, ct))
            return NotFound();
        Response.StatusCode = published.Refusal.Status;
        return Page();
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return false;
        View = view;
        var plan = view.Blocks.Count == 0 ? null : await survey.PlanAsync(id, view.Venue.Id, view.Blocks, false, ct);
        Plan = new(plan, view, view.Blocks, view.Agreement.ReturnHours, [], false);
        return true;
    }
}

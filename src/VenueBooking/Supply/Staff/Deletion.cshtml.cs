using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>Throws a draft away.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class DeletionModel(AgreementDesk desk, DraftAgreement drafts, Texts texts, IStringLocalizer<SupplyText> t) : PageModel
{
    public AgreementView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var deleted = await drafts.DeleteAsync(id, ct);
        if (!deleted.IsRefused)
        {
            this.Flash(t["draft_deleted", View.Agreement.Number]);
            return RedirectToPage("/Supply/Staff/Index");
        }
        ModelState.AddRefusal(texts, deleted.Refusal);
        Response.StatusCode = deleted.Refusal.Status;
        return Page();
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } view)
            return false;
        View = view;
        return true;
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>Roster import: upload, look at what it would do, take it over.</summary>
[Authorize(Policy = Policies.Officer)]
public sealed class RosterModel(RosterImport import, OfficerScope scope, Texts texts) : PageModel
{
    [BindProperty] public Guid? UnionId { get; set; }
    [BindProperty] public bool Complete { get; set; }
    [BindProperty] public IFormFile? Upload { get; set; }

    public RosterPreview? Preview { get; private set; }
    public IReadOnlyList<SelectListItem> Grassroots { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var file = await TableReader.ReadAsync(Upload, ct);
        var read = UnionId is { } union
            ? await import.ReadAsync(union, file, Upload?.FileName ?? "", Complete, CurrentMember.IdOf(User)!.Value, ct)
            : UnionRefusals.UnionUnknown;
        return await ShowAsync(read, ct);
    }

    public async Task<IActionResult> OnPostTakeOverAsync(Guid id, CancellationToken ct)
    {
        var taken = await import.TakeOverAsync(id, CurrentMember.IdOf(User)!.Value, ct);
        if (taken.IsRefused || taken.Value.Errors.Count > 0)
            return await ShowAsync(taken, ct);
        this.Flash(texts["roster_taken_over", taken.Value.Union.Name, taken.Value.Added, taken.Value.Renamed, taken.Value.Removed, taken.Value.Verified, taken.Value.Ended]);
        return RedirectToPage("/Unions/Members");
    }

    async Task<IActionResult> ShowAsync(Outcome<RosterPreview> outcome, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddRefusal(texts, refusal.Field == "File" ? refusal with { Field = nameof(Upload) } : refusal);
            Response.StatusCode = refusal.Status;
        }
        else if ((Preview = outcome.Value)!.Errors.Count > 0)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task LoadAsync(CancellationToken ct) =>
        Grassroots = await scope.Unions.GrassrootsOptionsAsync(UnionId, ct);

    public string Of(TableError error) => texts.Of(error.Refusal);
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

/// <summary>Asks what to close, shows what that hits, and only then closes it.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class CloseModel(AppDb db, Closures closures, Texts texts, IStringLocalizer<VenuesText> words) : VenuePageModel(db)
{
    public const int MostPeopleShown = 200;

    [BindProperty]
    public ClosureForm Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> SpaceOptions { get; private set; } = [];

    /// <summary>What the closure hits; null until that was asked.</summary>
    public ClosureImpact? Impact { get; private set; }
    public ClosureFacts? Facts { get; private set; }
    public Space? Chosen { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return await PreviewAsync(ct);
    }

    /// <summary>Back from the preview to the questions, as they were answered.</summary>
    public Task OnPostAgainAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostApplyAsync(string? digest, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Check() is not { } facts)
            return Page();
        var applied = await closures.ApplyAsync(Venue.Id, facts, digest, ct);
        if (!applied.IsRefused)
        {
            this.Flash(applied.Value.Cancelled is > 0 and var people ? words["closure_applied_people", people] : words["closure_applied"]);
            return RedirectToPage("/Venues/Staff/ClosureList", new { id = Venue.Id });
        }
        if (applied.Refusal != VenueRefusals.ImpactChanged)
            return this.Refused(texts, applied.Refusal);
        await PreviewAsync(ct);
        return this.Refused(texts, applied.Refusal);
    }

    async Task<IActionResult> PreviewAsync(CancellationToken ct)
    {
        if (Check() is not { } facts)
            return Page();
        var preview = await closures.PreviewAsync(Venue.Id, facts, ct);
        if (preview.IsRefused)
            return this.Refused(texts, preview.Refusal);
        (Impact, Facts) = (preview.Value, facts);
        Chosen = facts.SpaceId is { } id ? await Db.Set<Space>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) : null;
        return Page();
    }

    // Null where something is wrong, which then stands in the ModelState.
    ClosureFacts? Check()
    {
        var checks = new FieldChecks();
        var facts = Input.Check(checks);
        if (checks.Problems.Count == 0)
            return facts;
        this.Refused(texts, checks.Problems);
        return null;
    }

    async Task LoadAsync(CancellationToken ct) =>
        SpaceOptions = [.. (await Db.SpacesOfAsync(Venue.Id, ct)).Select(s => new SelectListItem(s.LocalName, s.Id.ToString()))];
}

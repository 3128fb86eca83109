using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

/// <summary>A new space, or one that is there: the same questions.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class SpaceEditModel(AppDb db, EditSpace spaces, Texts texts, IStringLocalizer<VenuesText> words) : VenuePageModel(db)
{
    [BindProperty]
    public SpaceForm Input { get; set; } = new();

    [BindProperty]
    public uint Version { get; set; }

    /// <summary>Null while it is new.</summary>
    public Space? Space { get; private set; }

    /// <summary>What somebody else saved meanwhile, where this page was stale.</summary>
    public SpaceForm? Stored { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? spaceId, CancellationToken ct)
    {
        if (!await LoadAsync(spaceId, ct))
            return NotFound();
        if (Space is { } space)
            (Input, Version) = (SpaceForm.Of(space), space.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? spaceId, CancellationToken ct)
    {
        if (!await LoadAsync(spaceId, ct))
            return NotFound();
        var checks = new FieldChecks();
        var facts = Input.Check(checks);
        if (checks.Problems.Count > 0)
            return this.Refused(texts, checks.Problems);
        var saved = spaceId is { } id
            ? await spaces.ChangeAsync(Venue.Id, id, Version, facts, ct)
            : await spaces.AddAsync(Venue.Id, facts, ct);
        return saved.IsRefused ? await RefusedAsync(spaceId, saved.Refusal, ct) : Back("space_saved");
    }

    public async Task<IActionResult> OnPostRetireAsync(Guid spaceId, CancellationToken ct)
    {
        var retired = await spaces.RetireAsync(Venue.Id, spaceId, ct);
        return retired.IsRefused ? await RefusedButtonAsync(spaceId, retired.Refusal, ct) : Back("space_retired_done");
    }

    public async Task<IActionResult> OnPostRestoreAsync(Guid spaceId, CancellationToken ct)
    {
        var restored = await spaces.RestoreAsync(Venue.Id, spaceId, ct);
        return restored.IsRefused ? await RefusedButtonAsync(spaceId, restored.Refusal, ct) : Back("space_restored_done");
    }

    RedirectToPageResult Back(string done)
    {
        this.Flash(words[done]);
        return RedirectToPage("/Venues/Staff/Spaces", new { id = Venue.Id });
    }

    async Task<IActionResult> RefusedAsync(Guid? spaceId, Refusal refusal, CancellationToken ct)
    {
        if (refusal == Refusal.Stale && await LoadAsync(spaceId, ct))
        {
            (Stored, Version) = (SpaceForm.Of(Space!), Space!.Version);
            ModelState.Remove(nameof(Version));
        }
        return this.Refused(texts, refusal);
    }

    // Retiring and restoring send no fields: the form shows what is stored.
    async Task<IActionResult> RefusedButtonAsync(Guid spaceId, Refusal refusal, CancellationToken ct)
    {
        if (!await LoadAsync(spaceId, ct))
            return NotFound();
        ModelState.Clear();
        (Input, Version) = (SpaceForm.Of(Space!), Space!.Version);
        return this.Refused(texts, refusal with { Field = null });
    }

    async Task<bool> LoadAsync(Guid? spaceId, CancellationToken ct)
    {
        if (spaceId is not { } id)
            return true;
        Space = await Db.Set<Space>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.VenueId == Venue.Id, ct);
        return Space is not null;
    }
}

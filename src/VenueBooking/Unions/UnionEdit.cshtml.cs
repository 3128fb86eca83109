using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>One union: its name, its daily cap, its end.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class UnionEditModel(AppDb db, UnionTree tree, Texts texts) : PageModel
{
    public Union Union { get; private set; } = null!;

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? DailyCap { get; set; }
    [BindProperty] public uint Version { get; set; }
    /// <summary>Somebody else changed it since the page was opened.</summary>
    public bool IsStale { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        (Name, DailyCap, Version) = (Union.Name, Union.DailyCap?.ToString(CultureInfo.InvariantCulture), Union.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!TryReadCap(out var cap))
            return await AgainAsync(id, UnionRefusals.UnionCapOutOfRange, ct);
        var changed = await tree.ChangeAsync(id, Version, Name, cap, ct);
        return changed.IsRefused ? await AgainAsync(id, changed.Refusal, ct) : Back("union_changed");
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct)
    {
        var ended = await tree.EndAsync(id, ct);
        return ended.IsRefused ? await AgainAsync(id, ended.Refusal, ct) : Back("union_ended_flash");
    }

    /// <summary>Nothing is no cap.</summary>
    bool TryReadCap(out int? cap)
    {
        cap = TypedText.TryWhole(DailyCap, out var people) ? people : null;
        return cap is not null || string.IsNullOrWhiteSpace(DailyCap);
    }

    RedirectToPageResult Back(string flash)
    {
        this.Flash(texts[flash]);
        return RedirectToPage("/Unions/Tree");
    }

    async Task<IActionResult> AgainAsync(Guid id, Refusal refusal, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (refusal == Refusal.Stale)
        {
            // Saved once more, it is over what is stored, knowingly.
            (IsStale, Version) = (true, Union.Version);
            ModelState.Remove(nameof(Version));
        }
        ModelState.AddRefusal(texts, refusal);
        Response.StatusCode = refusal.Status;
        return Page();
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await db.Set<Union>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.EndedAt == null, ct);
        Union = found!;
        return found is not null;
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

[Authorize(Policy = Policies.Staff)]
public sealed class VenueEditModel(AppDb db, EditVenue venues, Texts texts, IStringLocalizer<VenuesText> words) : PageModel
{
    [BindProperty]
    public VenueForm Input { get; set; } = new();

    [BindProperty]
    public uint Version { get; set; }

    public Venue Venue { get; private set; } = null!;

    /// <summary>What somebody else saved meanwhile, where this page was stale.</summary>
    public VenueForm? Stored { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        (Input, Version) = (await StoredAsync(ct), Venue.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var checks = new FieldChecks();
        var facts = Input.Check(checks);
        if (checks.Problems.Count > 0)
            return this.Refused(texts, checks.Problems);
        var changed = await venues.ChangeAsync(id, Version, facts, ct);
        if (changed.IsRefused)
            return await RefusedAsync(changed.Refusal, ct);
        this.Flash(words["venue_saved"]);
        return RedirectToPage("/Venues/Staff/Venue", new { id });
    }

    /// <summary>Where what is stored differs from what is typed: label and stored value.</summary>
    public IEnumerable<(string Label, string? Now)> Differences(VenueForm stored) => new (string Label, string? Now, string? Typed)[]
    {
        ("name", stored.Name, Input.Name), ("name_en", stored.NameEn, Input.NameEn), ("summary", stored.Summary, Input.Summary),
        ("summary_en", stored.SummaryEn, Input.SummaryEn), ("address", stored.Address, Input.Address), ("phone", stored.Phone, Input.Phone),
        ("latitude", stored.Latitude, Input.Latitude), ("longitude", stored.Longitude, Input.Longitude),
        ("hours", Week(stored), Week(Input)),
    }.Where(d => (d.Now ?? "") != (d.Typed ?? "")).Select(d => (d.Label, d.Now));

    // A stale page keeps what was typed, shows what is stored, and may be saved over it knowingly.
    async Task<IActionResult> RefusedAsync(Refusal refusal, CancellationToken ct)
    {
        if (refusal == Refusal.Stale)
        {
            await LoadAsync(Venue.Id, ct);
            Stored = await StoredAsync(ct);
            Version = Venue.Version;
            ModelState.Remove(nameof(Version));
        }
        return this.Refused(texts, refusal);
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await db.Set<Venue>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct);
        Venue = found!;
        return found is not null;
    }

    async Task<VenueForm> StoredAsync(CancellationToken ct) => VenueForm.Of(Venue, await db.HoursOfAsync(Venue.Id, ct));

    static string Week(VenueForm form) =>
        string.Join("; ", Hours.Week.Select((day, i) => (day, hours: form.Hours.ElementAtOrDefault(i))).Where(d => !string.IsNullOrWhiteSpace(d.hours))
            .Select(d => $"{SiteTime.Weekday(d.day)} {d.hours}"));
}

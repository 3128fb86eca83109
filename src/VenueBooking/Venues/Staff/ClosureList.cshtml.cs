using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Venues.Staff;

[Authorize(Policy = Policies.Staff)]
public sealed class ClosureListModel(AppDb db, Closures closures, SiteTime time, Texts texts, IStringLocalizer<VenuesText> words) : VenuePageModel(db)
{
    const int MostShown = 200;

    Dictionary<Guid, string> spaces = [];

    /// <summary>In force or still to come, the next one first.</summary>
    public IReadOnlyList<Closure> Coming { get; private set; } = [];

    /// <summary>Over or lifted, the latest first.</summary>
    public IReadOnlyList<Closure> Past { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostLiftAsync(Guid closureId, CancellationToken ct)
    {
        var lifted = await closures.LiftAsync(Venue.Id, closureId, ct);
        if (lifted.IsRefused)
        {
            await LoadAsync(ct);
            return this.Refused(texts, lifted.Refusal);
        }
        this.Flash(words[KeyOf(lifted.Value), lifted.Value.Opened]);
        return RedirectToPage(new { id = Venue.Id });
    }

    static string KeyOf(LiftedClosure lifted) => lifted switch
    {
        { Opened: 0, Overlaps: true } => "closure_lifted_covered",
        { Opened: 0 } => "closure_lifted_nothing",
        { Overlaps: true } => "closure_lifted_others",
        _ => "closure_lifted_done",
    };

    public string? SpaceName(Closure closure) => closure.SpaceId is { } id ? spaces.GetValueOrDefault(id) : null;

    async Task LoadAsync(CancellationToken ct)
    {
        var now = time.Now;
        var all = Db.Set<Closure>().AsNoTracking().Where(c => c.VenueId == Venue.Id);
        Coming = await all.Where(c => c.LiftedAt == null && c.EndsAt > now).OrderBy(c => c.StartsAt).ThenBy(c => c.Id).Take(MostShown).ToListAsync(ct);
        Past = await all.Where(c => c.LiftedAt != null || c.EndsAt <= now).OrderByDescending(c => c.StartsAt).ThenBy(c => c.Id).Take(MostShown).ToListAsync(ct);
        spaces = (await Db.Set<Space>().AsNoTracking().Where(s => s.VenueId == Venue.Id).ToListAsync(ct)).ToDictionary(s => s.Id, s => s.LocalName);
    }
}

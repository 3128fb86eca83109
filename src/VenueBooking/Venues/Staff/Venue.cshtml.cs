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
public sealed class VenueModel(AppDb db, EditVenue venues, Texts texts, IStringLocalizer<VenuesText> words) : VenuePageModel(db)
{
    public IReadOnlyList<Period> OpenHours { get; private set; } = [];
    public int Spaces { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostRetireAsync(Guid id, CancellationToken ct) => DoAsync(() => venues.RetireAsync(id, ct), "venue_retired_done", ct);

    public Task<IActionResult> OnPostRestoreAsync(Guid id, CancellationToken ct) => DoAsync(() => venues.RestoreAsync(id, ct), "venue_restored_done", ct);

    async Task<IActionResult> DoAsync(Func<Task<Outcome<Venue>>> act, string done, CancellationToken ct)
    {
        var outcome = await act();
        if (outcome.IsRefused)
        {
            await LoadAsync(ct);
            // Nothing was typed here: whatever is in the way is said at the top.
            return this.Refused(texts, outcome.Refusal with { Field = null });
        }
        this.Flash(words[done]);
        return RedirectToPage(new { id = Venue.Id });
    }

    async Task LoadAsync(CancellationToken ct)
    {
        OpenHours = await Db.HoursOfAsync(Venue.Id, ct);
        Spaces = await Db.Set<Space>().CountAsync(s => s.VenueId == Venue.Id && s.RetiredAt == null, ct);
    }
}

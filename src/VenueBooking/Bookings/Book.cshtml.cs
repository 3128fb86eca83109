using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using VenueBooking.Accounts;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The one screen between a free time and a ticket. A "no" is told in the same place, with what is still free.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class BookModel(CurrentMember member, Availability availability, BookingPreviews previews, BookSlotHandler book, Alternatives alternatives)
    : PageModel
{
    /// <summary>Made with the form: however often it is sent, it books once.</summary>
    [BindProperty]
    public Guid RequestId { get; set; }
    [BindProperty]
    public int Party { get; set; } = 1;

    public SlotLine Slot { get; private set; } = null!;
    public BookingPreview Preview { get; private set; } = null!;
    public Refusal? Refusal { get; private set; }
    public IReadOnlyList<SlotLine> Others { get; private set; } = [];

    public string Date => SiteTime.DayOf(Slot.StartsAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public int MostPeople => Math.Max(1, Slot.IsExclusive ? Slot.MaxParty : Math.Min(Slot.MaxParty, Slot.Free));
    /// <summary>No form where no answer to it could be yes.</summary>
    public bool CanBook => Preview.WhyNot is null;
    public bool OffersOthers => Refusal is { } refusal && Alternatives.HelpAfter(refusal);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        RequestId = Guid.CreateVersion7();
        Refusal = Preview.WhyNot;
        await LoadOthersAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (RequestId == Guid.Empty || !ModelState.IsValid)
            return BadRequest();
        var outcome = await book.HandleAsync(new(RequestId, id, member.Id, Party), ct);
        if (!outcome.IsRefused)
            return RedirectToPage("/Bookings/Ticket", new { id = outcome.Value.Id, made = "1" });
        return await LoadAsync(id, ct) ? await RefuseAsync(outcome.Refusal, ct) : NotFound();
    }

    async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken ct)
    {
        Refusal = refusal;
        Response.StatusCode = refusal.Status;
        await LoadOthersAsync(ct);
        // The next try is another wish: it must not meet this one's answer.
        RequestId = Guid.CreateVersion7();
        Party = Math.Clamp(Party, 1, MostPeople);
        ModelState.Clear();
        return Page();
    }

    public IEnumerable<SelectListItem> PartyChoices =>
        Enumerable.Range(1, MostPeople).Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => new SelectListItem(n, n));

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (await availability.SlotAsync(id, ct) is not { } slot)
            return false;
        Slot = slot;
        Preview = await previews.OfAsync(slot, member.Id, ct);
        return true;
    }

    async Task LoadOthersAsync(CancellationToken ct)
    {
        if (OffersOthers)
            Others = await alternatives.NearestAsync(Slot.ToSlot(), Preview.Usage, Party, ct);
    }
}

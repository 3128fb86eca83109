using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The desk's page: who comes, a code to check in, and the answer in large letters.</summary>
[Authorize(Policy = Policies.Desk)]
public sealed class DeskModel(DeskScope scope, DeskBook book, CheckInHandler checkIn, Texts texts, IStringLocalizer<BookingPageText> t) : PageModel
{
    public IReadOnlyList<VenueDeskScopes.Scope> Venues { get; private set; } = [];
    /// <summary>Null: this clerk has no venue yet.</summary>
    public VenueDeskScopes.Scope? Venue { get; private set; }
    public DateOnly Date { get; private set; }
    public bool IsToday => Date == book.Today;
    public bool IsOver => Date < book.Today;
    public string? Q { get; private set; }
    public string? Typed { get; private set; }
    public IReadOnlyList<DeskLine> Lines { get; private set; } = [];
    public int All { get; private set; }
    public int CheckedIn { get; private set; }
    /// <summary>Who has just been checked in.</summary>
    public DeskLine? Done { get; private set; }
    public Refusal? Refusal { get; private set; }

    public string Iso => IsoOf(Date);
    public IEnumerable<SelectListItem> VenueChoices => Venues.Select(v => new SelectListItem(v.LocalName, v.VenueId.ToString()));

    public async Task<IActionResult> OnGetAsync(Guid? venue, DateOnly? date, string? q, Guid? done, CancellationToken ct)
    {
        var odd = ModelState.Unread();
        if (!book.IsNear(date))
            odd.Add(nameof(date));
        return odd.Count > 0 ? this.LeadToWithout(odd) : await ShowAsync(venue, date, q, done, ct);
    }

    public async Task<IActionResult> OnPostCheckInAsync(Guid? venue, string? code, CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return BadRequest();
        var outcome = await checkIn.HandleAsync(new CheckInByCode(code ?? "", scope.UserId, scope.SeesAll, VenueId: venue), ct);
        if (!outcome.IsRefused)
            return RedirectToPage("/Bookings/Desk", null, new { venue = outcome.Value.VenueId, date = Another(SiteTime.DayOf(outcome.Value.StartsAt)), done = outcome.Value.Id }, null);
        Typed = code;
        return await RefuseAsync(venue, outcome.Refusal, ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid? venue, Guid booking, CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return BadRequest();
        var outcome = await checkIn.HandleAsync(new UndoCheckIn(booking, scope.UserId, scope.SeesAll), ct);
        if (outcome.IsRefused)
            return await RefuseAsync(venue, outcome.Refusal, ct);
        this.Flash(t["desk_undone"]);
        return RedirectToPage("/Bookings/Desk", null, new { venue = outcome.Value.VenueId }, null);
    }

    public async Task<IActionResult> OnPostHeadcountAsync(Guid? venue, Guid booking, string? headcount, CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return BadRequest();
        // What is no whole number is none, which is refused with the range.
        _ = TypedText.TryWhole(headcount, out var came);
        var outcome = await checkIn.HandleAsync(new CorrectHeadcount(booking, came, scope.UserId, scope.SeesAll), ct);
        if (outcome.Refusal is { Field: nameof(headcount) } wrong)
        {
            ModelState.AddRefusal(texts, wrong);
            Response.StatusCode = wrong.Status;
            return await ShowAsync(venue, null, null, booking, ct);
        }
        if (outcome.IsRefused)
            return await RefuseAsync(venue, outcome.Refusal, ct);
        this.Flash(t["desk_headcount_saved"]);
        return RedirectToPage("/Bookings/Desk", null, new { venue, done = booking }, null);
    }

    /// <summary>Just before midnight some come for the day that follows: they are on its list. Null: today's.</summary>
    string? Another(DateOnly day) => day == book.Today ? null : IsoOf(day);

    async Task<IActionResult> RefuseAsync(Guid? venue, Refusal refusal, CancellationToken ct)
    {
        Refusal = refusal;
        Response.StatusCode = refusal.Status;
        return await ShowAsync(venue, null, null, null, ct);
    }

    async Task<IActionResult> ShowAsync(Guid? venue, DateOnly? date, string? q, Guid? done, CancellationToken ct)
    {
        (Venues, Date, Q) = (await scope.VenuesAsync(ct), date ?? book.Today, SearchText.Clean(q));
        Venue = venue is null ? Venues is [var first, ..] ? first : null : Venues.FirstOrDefault(v => v.VenueId == venue);
        if (Venue is null)
            return venue is null ? Page() : NotFound();
        var lines = await book.OpenAsync(Venue.VenueId, Date, ct);
        All = lines.Count;
        CheckedIn = lines.Count(l => l.Booking.State is BookingState.CheckedIn or BookingState.Attended);
        Done = lines.FirstOrDefault(l => l.Booking.Id == done && l.Booking.State == BookingState.CheckedIn);
        Lines = Q is null ? lines : [.. lines.Where(l => Has(l.Name, Q) || Has(l.Booking.Code, TypedText.Plain(Q)))];
        return Page();
    }

    static string IsoOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<SelectListItem> HeadcountChoices(Booking booking) =>
        Enumerable.Range(1, booking.PartySize).Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => new SelectListItem(n, n));

    public int CheckInMinutes => book.CheckInMinutes;

    public DateTimeOffset? CheckInFrom(Booking booking) => book.CheckInFrom(booking);

    public static Mood Mood(Booking booking) => TicketStates.Of(booking).Mood();

    public string Word(Booking booking, IStringLocalizer<BookingPageText> words) =>
        booking.State is BookingState.Booked ? words["desk_due"] : words[TicketStates.Of(booking).TextKey()];
}

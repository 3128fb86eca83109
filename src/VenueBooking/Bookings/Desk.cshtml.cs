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

/// <summary>Some lines of the desk's day, as a table.</summary>
public sealed record DeskTable(DeskModel Desk, IReadOnlyList<DeskLine> Lines, string Caption);

/// <summary>The desk's page: who comes, a code to check in, and the answer in large letters.</summary>
[Authorize(Policy = Policies.Desk)]
public sealed class DeskModel(DeskScope scope, DeskBook book, CheckInHandler checkIn, Texts texts, IStringLocalizer<BookingPageText> t) : PageModel
{
    public IReadOnlyList<VenueDeskScopes.Scope> Venues { get; private set; } = [];
    /// <summary>Null: this clerk has no venue yet.</summary>
    public VenueDeskScopes.Scope? Venue { get; private set; }
    public DateOnly Date { get; private set; }
    public bool IsToday => Date == book.Today;
    public string? Q { get; private set; }
    public string? Typed { get; private set; }
    public IReadOnlyList<DeskLine> Lines { get; private set; } = [];
    /// <summary>Of today, when nothing is searched for: whose time is over. The list begins with who comes now.</summary>
    public IReadOnlyList<DeskLine> Over { get; private set; } = [];
    public int All { get; private set; }
    public int CheckedIn { get; private set; }
    /// <summary>Who has just been checked in.</summary>
    public DeskLine? Done { get; private set; }
    public Refusal? Refusal { get; private set; }

    public string Iso => IsoOf(Date);
    /// <summary>For an address; null: today.</summary>
    public string? Another => IsToday ? null : Iso;
    public IEnumerable<SelectListItem> VenueChoices => Venues.Select(v => new SelectListItem(v.LocalName, v.VenueId.ToString()));

    public async Task<IActionResult> OnGetAsync(Guid? venue, DateOnly? date, string? q, Guid? done, CancellationToken ct)
    {
        var odd = ModelState.Unread();
        if (!book.IsNear(date))
            odd.Add(nameof(date));
        return odd.Count > 0 ? this.LeadToWithout(odd) : await ShowAsync(venue, date, q, done, ct);
    }

    public async Task<IActionResult> OnPostCheckInAsync(Guid? venue, DateOnly? date, string? code, CancellationToken ct)
    {
        if (!IsRead(date))
            return BadRequest();
        var outcome = await checkIn.HandleAsync(new CheckInByCode(code ?? "", scope.UserId, scope.SeesAll, VenueId: venue), ct);
        if (!outcome.IsRefused)
            return RedirectToPage("/Bookings/Desk", null, ListOf(outcome.Value, book.Today), null);
        Typed = code;
        return await RefuseAsync(venue, date, outcome.Refusal, ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid? venue, DateOnly? date, Guid booking, CancellationToken ct)
    {
        if (!IsRead(date))
            return BadRequest();
        var outcome = await checkIn.HandleAsync(new UndoCheckIn(booking, scope.UserId, scope.SeesAll), ct);
        if (outcome.IsRefused)
            return await RefuseAsync(venue, date, outcome.Refusal, ct);
        this.Flash(t["desk_undone"]);
        return RedirectToPage("/Bookings/Desk", null, ListOf(outcome.Value, book.Today), null);
    }

    public async Task<IActionResult> OnPostHeadcountAsync(Guid? venue, DateOnly? date, Guid booking, string? headcount, CancellationToken ct)
    {
        if (!IsRead(date))
            return BadRequest();
        // What is no whole number is none, which is refused with the range.
        _ = TypedText.TryWhole(headcount, out var came);
        var outcome = await checkIn.HandleAsync(new CorrectHeadcount(booking, came, scope.UserId, scope.SeesAll), ct);
        if (outcome.Refusal is { Field: nameof(headcount) } wrong)
        {
            ModelState.AddRefusal(texts, wrong);
            Response.StatusCode = wrong.Status;
            return await ShowAsync(venue, date, null, booking, ct);
        }
        if (outcome.IsRefused)
            return await RefuseAsync(venue, date, outcome.Refusal, ct);
        this.Flash(t["desk_headcount_saved"]);
        return RedirectToPage("/Bookings/Desk", null, ListOf(outcome.Value, book.Today), null);
    }

    /// <summary>The list on which a booking is: before midnight some come for the day that follows.</summary>
    internal static object ListOf(Booking booking, DateOnly today) => new
    {
        venue = booking.VenueId,
        date = SiteTime.DayOf(booking.StartsAt) is var day && day == today ? null : IsoOf(day),
        done = booking.Id,
    };

    /// <summary>Whether what the page's own forms send could be read.</summary>
    bool IsRead(DateOnly? date) => ModelState.IsValid && book.IsNear(date);

    async Task<IActionResult> RefuseAsync(Guid? venue, DateOnly? date, Refusal refusal, CancellationToken ct)
    {
        Refusal = refusal;
        Response.StatusCode = refusal.Status;
        return await ShowAsync(venue, date, null, null, ct);
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
        if (!IsToday || Q is not null)
            return Page();
        var parts = lines.ToLookup(l => l.IsOver(book.Now));
        (Over, Lines) = ([.. parts[true]], [.. parts[false]]);
        return Page();
    }

    static string IsoOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<SelectListItem> HeadcountChoices(Booking booking) =>
        Enumerable.Range(1, booking.PartySize).Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => new SelectListItem(n, n));

    public string CheckInHours => book.CheckInHours;

    public DateTimeOffset? CheckInFrom(Booking booking) => book.CheckInFrom(booking);

    public static Mood Mood(Booking booking) => TicketStates.Of(booking).Mood();

    public string Word(Booking booking, IStringLocalizer<BookingPageText> words) =>
        booking.State is BookingState.Booked ? words["desk_due"] : words[TicketStates.Of(booking).TextKey()];
}

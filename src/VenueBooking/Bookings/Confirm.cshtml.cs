using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Where the mail that asks "are you still coming?" leads: one button. Opening the link alone confirms nothing.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class StillComingModel(MemberBookings bookings, CurrentMember member, ConfirmBookingHandler confirm, TimeProvider clock) : PageModel
{
    public Guid Id { get; private set; }
    public BookingLine Ticket { get; private set; } = null!;
    public Refusal? Refusal { get; private set; }
    public bool CanConfirm => Ticket.Booking.AwaitsConfirmation(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var outcome = await confirm.HandleAsync(new(id, member.Id), ct);
        if (!outcome.IsRefused)
            return RedirectToPage("/Bookings/Ticket", new { id });
        Refusal = outcome.Refusal;
        Response.StatusCode = outcome.Refusal.Status;
        return Page();
    }

    public string WhyNot(IStringLocalizer<BookingPageText> t, Texts words, SiteTime time)
    {
        var booking = Ticket.Booking;
        return words.WhyEnded(booking) is { } why ? why
            : booking.ConfirmedAt is not null ? t["ticket_confirmed"]
            : booking.State is BookingState.Booked && booking.ConfirmFrom is { } from && clock.GetUtcNow() < from ? t["confirm_early", time.Moment(from)]
            : booking.State is BookingState.Booked && booking.ConfirmBy is { } by && by <= clock.GetUtcNow() ? t["confirm_late", time.Moment(by)]
            : t["confirm_not_needed"];
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        Ticket = (await bookings.OneAsync(member.Id, id, ct))!;
        return Ticket is not null;
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Accounts;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Asks before a booking is given back; the ticket's dialog posts here too.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class CancelModel(MemberBookings bookings, CurrentMember member, CancelBookingHandler cancel) : PageModel
{
    public Guid Id { get; private set; }
    public BookingLine Ticket { get; private set; } = null!;
    public Refusal? Refusal { get; private set; }

    /// <summary>Asks only what can still be answered: of a booking that is over, the ticket says so.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        !await LoadAsync(id, ct) ? NotFound()
        : Ticket.Booking.State is BookingState.Booked ? Page()
        : RedirectToPage("/Bookings/Ticket", new { id });

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var outcome = await cancel.HandleAsync(new(id, member.Id), ct);
        if (!outcome.IsRefused)
            return RedirectToPage("/Bookings/Ticket", new { id });
        Refusal = outcome.Refusal;
        Response.StatusCode = outcome.Refusal.Status;
        return Page();
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        Ticket = (await bookings.OneAsync(member.Id, id, ct))!;
        return Ticket is not null;
    }
}

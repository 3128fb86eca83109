using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Accounts;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A member's own bookings, coming and past.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class MineModel(MemberBookings bookings, CurrentMember member) : PageModel
{
    const int PageSize = 12;

    public bool Past { get; private set; }
    public IReadOnlyList<BookingLine> Bookings { get; private set; } = [];
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? show, string? cursor, CancellationToken ct)
    {
        if (show is not (null or "past"))
            return this.LeadToWithout(nameof(show));
        if (!Cursor.TryParseTime(cursor, out var from))
            return this.LeadToWithout(nameof(cursor));
        Past = show is not null;
        if (Past)
            (Bookings, Next) = await bookings.PastAsync(member.Id, from, PageSize, ct);
        else
            Bookings = await bookings.ComingAsync(member.Id, ct);
        return Page();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Shared;

namespace VenueBooking.Bookings;

/// <summary>The member's bookings in their own calendar: the address is shown once, when it is made.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class CalendarModel(CalendarFeeds feeds, CurrentMember member, IStringLocalizer<BookingPageText> t) : PageModel
{
    /// <summary>Just made; null on every later visit.</summary>
    public string? Address { get; private set; }
    /// <summary>The same for the device's calendar application.</summary>
    public string Webcal => "webcal" + Address![Address!.IndexOf(':', StringComparison.Ordinal)..];
    public DateTimeOffset? Since { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => Since = await feeds.SinceAsync(member.Id, ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Address = await feeds.CreateAsync(member.Id, ct);
        // Nobody who presses "back" on this device later is to find it.
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken ct)
    {
        await feeds.RevokeAsync(member.Id, ct);
        this.Flash(t["feed_revoked"]);
        return RedirectToPage();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>The local mailbox: what would have been sent, newest first.</summary>
[AllowAnonymous]
public sealed class MailboxModel(LocalMailbox mailbox) : PageModel
{
    const int PageSize = 25;

    [FromQuery]
    public string? To { get; set; }

    public Page<(Guid Id, MailFile Mail)> Mails { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        if (!mailbox.IsOpen)
            return NotFound();
        if (!Cursor.TryParseTime(cursor, out var after))
            return this.LeadToWithout(nameof(cursor));
        Mails = await mailbox.ListAsync(To, after, PageSize, ct);
        return Page();
    }
}

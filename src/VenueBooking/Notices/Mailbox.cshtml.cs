using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Notices;

/// <summary>The local mailbox: what would have been sent, newest first.</summary>
[AllowAnonymous]
public sealed class MailboxModel(LocalMailbox mailbox) : PageModel
{
    const int PageSize = 25;

    [FromQuery]
    public string? To { get; set; }

    public IReadOnlyList<(Guid Id, MailFile Mail)> Mails { get; private set; } = [];
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGet(string? cursor, CancellationToken ct)
    {
        if (!mailbox.IsOpen) return NotFound();
        Guid? before = null;
        if (!string.IsNullOrEmpty(cursor))
        {
            if (!Guid.TryParseExact(cursor, "D", out var last)) return BadRequest();
            before = last;
        }
        (Mails, var more) = await mailbox.ListAsync(To, before, PageSize, ct);
        Next = more ? Mails[^1].Id.ToString("D") : null;
        return Page();
    }
}

using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Notices;

/// <summary>One mail of the local mailbox: as HTML in a sandbox, as text, or as the files it is made of.</summary>
[AllowAnonymous]
public sealed class MailboxMailModel(LocalMailbox mailbox, MailFolder folder) : PageModel
{
    public Guid Id { get; private set; }
    public MailFile Mail { get; private set; } = null!;
    public bool AsText { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, string? view, CancellationToken ct)
    {
        if (await mailbox.FindAsync(id, ct) is not { } mail)
            return NotFound();
        (Id, Mail, AsText) = (id, mail, view == "text");
        return Page();
    }

    public async Task<IActionResult> OnGetHtmlAsync(Guid id, CancellationToken ct)
    {
        if (await mailbox.FindAsync(id, ct) is not { Html: { } html })
            return NotFound();
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";
        // Its links lead the whole window on, not the frame.
        return Content(html.Replace("<head>", "<head><base target=\"_top\">", StringComparison.Ordinal), "text/html; charset=utf-8", Encoding.UTF8);
    }

    public async Task<IActionResult> OnGetEmlAsync(Guid id, CancellationToken ct) =>
        await mailbox.FindAsync(id, ct) is null ? NotFound() : PhysicalFile(folder.FileOf(id), "message/rfc822", $"{id:D}.eml");

    public async Task<IActionResult> OnGetCalendarAsync(Guid id, CancellationToken ct) =>
        await mailbox.FindAsync(id, ct) is { Calendar: { } calendar }
            ? File(Encoding.UTF8.GetBytes(calendar), "text/calendar; charset=utf-8", "invite.ics")
            : NotFound();
}

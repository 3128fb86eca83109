using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared.Parts;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The ticket: what the member shows at the desk, and all they can still do about the booking.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class TicketModel(AppDb db, MemberBookings bookings, CurrentMember member, CheckInWindow window) : PageModel
{
    public BookingLine Ticket { get; private set; } = null!;
    public Venue Venue { get; private set; } = null!;
    public TicketState Shown { get; private set; }
    /// <summary>Whether it was made just now.</summary>
    public bool New { get; private set; }
    public bool IsPast { get; private set; }
    public bool CanCancel { get; private set; }
    public DateTimeOffset CheckInFrom => window.OpensAt(Ticket.Booking.StartsAt);
    public DateTimeOffset CheckInBy => Ticket.Booking.StartsAt + BookingRules.NoShowAfter;

    public async Task<IActionResult> OnGetAsync(Guid id, string? made, CancellationToken ct)
    {
        if (await bookings.OneAsync(member.Id, id, ct) is not { } ticket)
            return NotFound();
        var now = window.Now;
        Ticket = ticket;
        Shown = TicketStates.Of(ticket.Booking, now);
        IsPast = now >= ticket.Booking.EndsAt;
        CanCancel = ticket.IsCancellable(now);
        Venue = await db.Set<Venue>().AsNoTracking().SingleAsync(v => v.Id == ticket.Booking.VenueId, ct);
        New = made is not null && ticket.Booking.State is BookingState.Booked;
        return Page();
    }

    /// <summary>The code changes every half minute; live.js fetches the next one.</summary>
    public IHtmlContent Qr
    {
        get
        {
            var image = new TagBuilder("img") { TagRenderMode = TagRenderMode.SelfClosing };
            image.MergeAttributes(new Dictionary<string, string?>
            {
                ["src"] = Url.Qr(Ticket.Booking),
                ["alt"] = "",
                ["width"] = "240",
                ["height"] = "240",
                ["data-refresh"] = "20",
            });
            return image;
        }
    }

    /// <summary>What there is to say about its state, in words.</summary>
    public IEnumerable<(NoticeKind Kind, string Text)> Says(IStringLocalizer<BookingPageText> t, Texts words, SiteTime time)
    {
        var booking = Ticket.Booking;
        if (words.WhyEnded(booking) is { } why)
            yield return (KindOf(Shown), why);
        else if (Shown is TicketState.CheckedIn)
            yield return (NoticeKind.Success, t["state_checked_in_text", SiteTime.Time(booking.CheckedInAt ?? booking.StartsAt)]);
        else if (IsPast)
            yield return (NoticeKind.Info, t["state_past_text"]);
        else if (Shown is TicketState.Booked)
            foreach (var said in SaysOfComing(t, time))
                yield return said;
    }

    static NoticeKind KindOf(TicketState ended) => ended switch
    {
        TicketState.Attended => NoticeKind.Success,
        TicketState.Cancelled => NoticeKind.Info,
        _ => NoticeKind.Warning,
    };

    IEnumerable<(NoticeKind, string)> SaysOfComing(IStringLocalizer<BookingPageText> t, SiteTime time)
    {
        var booking = Ticket.Booking;
        if (booking.ConfirmedAt is not null && booking.ConfirmFrom is not null)
            yield return (NoticeKind.Success, t["ticket_confirmed"]);
        else if (booking.ConfirmFrom is { } from && from > window.Now)
            yield return (NoticeKind.Info, t["ticket_confirm_later", time.Moment(from)]);
        if (!CanCancel)
            yield return (NoticeKind.Info, t["ticket_cancel_late", time.Moment(Ticket.CancelUntil)]);
    }

    public string ShareText(IStringLocalizer<BookingPageText> t, Texts words, SiteTime time) =>
        t["ticket_share_text", words[Activities.TextKey(Ticket.Booking.Activity)], time.Span(Ticket.Booking.StartsAt, Ticket.Booking.EndsAt),
            Ticket.VenueLocalName, Ticket.SpaceLocalName];
}

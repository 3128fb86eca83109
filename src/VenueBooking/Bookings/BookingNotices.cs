using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>The mails about bookings. Each says what happened, where and when, and the one thing to do next.</summary>
static class BookingNotices
{
    public const string Confirmed = "booking_confirmed", Cancelled = "booking_cancelled", Reminder = "booking_reminder", Reconfirm = "booking_reconfirm",
        Released = "booking_released", NoShow = "booking_no_show", Closed = "booking_closed";

    const string Request = "REQUEST", Cancel = "CANCEL";
    const string Ticket = "/Bookings/Ticket", Confirm = "/Bookings/Confirm", Find = "/Bookings/Find";

    static readonly Kind[] Kinds =
    [
        new(Confirmed, Ticket, (b, now) => b.IsActive && now < b.EndsAt, Request),
        new(Cancelled, Find, (b, _) => b.State == BookingState.Cancelled, Cancel),
        new(Reminder, Ticket, (b, now) => b.State == BookingState.Booked && now < b.StartsAt),
        new(Reconfirm, Confirm, (b, now) => b.AwaitsConfirmation(now)),
        new(Released, Find, (b, _) => b.State == BookingState.Released, Cancel),
        new(NoShow, Find, (b, _) => b.State == BookingState.NoShow),
        new(Closed, Find, (b, _) => b.State == BookingState.Cancelled, Cancel),
    ];

    /// <summary>Kinds that take the booking out of the member's own calendar.</summary>
    public static readonly string[] TakesOutOfCalendar = [.. Kinds.Where(k => k.Method == Cancel).Select(k => k.Name)];

    public static IServiceCollection AddBookingNotices(this IServiceCollection services)
    {
        services.AddScoped<INoticeKeys, ConfirmationKeys>();
        foreach (var kind in Kinds)
            services.AddScoped<INoticeTemplate>(sp => ActivatorUtilities.CreateInstance<Template>(sp, kind));
        return services;
    }

    /// <param name="Page">Where its button leads.</param>
    /// <param name="StillHolds">Whether there is still something to say: no reminder of what was cancelled since.</param>
    /// <param name="Method">Of the calendar entry that goes with it.</param>
    sealed record Kind(string Name, string Page, Func<Booking, DateTimeOffset, bool> StillHolds, string? Method = null);

    sealed class Template(Kind kind, AppDb db, Texts texts, BookingCalendar calendar, SiteAddress site, TimeProvider clock) : INoticeTemplate
    {
        string INoticeTemplate.Kind => kind.Name;

        public async Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct)
        {
            var facts = notice.SubjectId is { } about ? await BookingFacts.OneAsync(db, about, ct) : null;
            if (facts is null || !kind.StillHolds(facts.Booking, clock.GetUtcNow()))
                return null;
            // The account may be gone by now: then the mail goes to the address that it had.
            if (notice.Address is { } address)
                facts = facts with { MemberName = address, MemberEmail = address };
            var booking = facts.Booking;
            var url = site.Page(kind.Page, kind.Page == Find ? new { activity = booking.Activity } : new { id = booking.Id });
            return new(texts[kind.Name + "_subject", texts[Activities.TextKey(booking.Activity)], new LocalMoment(booking.StartsAt)],
                [.. Paragraphs(facts)],
                booking.EndReason is EndReason.Erased ? null : new(texts[kind.Name + "_action"], url),
                kind.Method is { } method ? new(method, calendar.One(facts, method)) : null);
        }

        IEnumerable<string> Paragraphs(BookingFacts facts)
        {
            var booking = facts.Booking;
            yield return texts.WhyEnded(booking)
                ?? texts[kind.Name + "_body", new LocalMoment(kind.Name == Reconfirm ? booking.ConfirmBy ?? booking.StartsAt : facts.CancelUntil)];
            if (kind.Name == Closed && booking.EndNote is { } note)
                yield return texts["booking_closed_note", note];
            var lines = new List<string>
            {
                texts["mail_when", new LocalMoment(booking.StartsAt), SiteTime.End(booking.EndsAt)],
                texts["mail_where", facts.Place, facts.Address],
                texts["mail_party", booking.PartySize],
            };
            if (booking.IsActive)
                lines.Add(texts["mail_code", booking.Code]);
            if (facts.Phone is { Length: > 0 } phone)
                lines.Add(texts["mail_phone", phone]);
            yield return string.Join('\n', lines);
            if (kind.Name == Confirmed && booking.ConfirmFrom is { } from)
                yield return texts["booking_confirmed_reconfirm", new LocalMoment(from), new LocalMoment(booking.ConfirmBy!.Value)];
        }
    }
}

using System.Net.Mail;
using Microsoft.Extensions.Options;
using VenueBooking.Notices;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Bookings as calendar entries, in the current language.</summary>
public sealed class BookingCalendar(Texts texts, SiteAddress site, IOptions<MailOptions> mail, TimeProvider clock)
{
    public string One(BookingFacts facts, string method) => Ics.Write(method, [EntryOf(facts, isMail: method is not "PUBLISH")]);

    public string Feed(IEnumerable<BookingFacts> all) => Ics.Write("PUBLISH", all.Select(f => EntryOf(f, isMail: false)), texts["calendar_name"]);

    IcsEvent EntryOf(BookingFacts facts, bool isMail)
    {
        var booking = facts.Booking;
        var isOff = booking.State is BookingState.Cancelled or BookingState.Released or BookingState.NoShow;
        return new($"booking-{booking.Id}@venuebooking", booking.Sequence, clock.GetUtcNow(), booking.StartsAt, booking.EndsAt,
            $"{texts[Activities.TextKey(booking.Activity)]} · {facts.Place}", $"{facts.Place}, {facts.Address}")
        {
            Description = isOff ? texts.WhyEnded(booking) ?? "" : texts["calendar_description", booking.Code, booking.PartySize],
            Url = site.Page("/Bookings/Ticket", new { id = booking.Id }),
            IsCancelled = isOff,
            AlarmMinutes = isMail ? null : (int)BookingRules.RemindBefore.TotalMinutes,
            Organizer = isMail ? (texts["site_name"], new MailAddress(mail.Value.From).Address) : null,
            Attendee = isMail && facts is { MemberName: { } name, MemberEmail: { } email } ? (name, email) : null,
        };
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A booking with all that a mail or a calendar says of it.</summary>
public sealed record BookingFacts(Booking Booking, string VenueName, string? VenueNameEn, string Address, string? Phone, string SpaceName, string? SpaceNameEn,
    DateTimeOffset CancelUntil, string? MemberName, string? MemberEmail)
{
    public string Place => $"{VenueNames.Local(VenueName, VenueNameEn)} {VenueNames.Local(SpaceName, SpaceNameEn)}";

    // Compiled once: in a rush every booking wants its mail, and putting the query together costs more than running it.
    static readonly Func<AppDb, Guid, CancellationToken, Task<BookingFacts?>> ById =
        EF.CompileAsyncQuery((AppDb db, Guid id, CancellationToken ct) => (
            from b in db.Set<Booking>().AsNoTracking()
            where b.Id == id
            join s in db.Set<Slot>() on b.SlotId equals s.Id
            join v in db.Set<Venue>() on b.VenueId equals v.Id
            join p in db.Set<Space>() on s.SpaceId equals p.Id
            join u in db.Set<AppUser>() on b.MemberId equals u.Id into users
            from u in users.DefaultIfEmpty()
            select new BookingFacts(b, v.Name, v.NameEn, v.Address, v.Phone, p.Name, p.NameEn, s.CancelUntil, u!.DisplayName, u.Email)).FirstOrDefault());

    public static Task<BookingFacts?> OneAsync(AppDb db, Guid bookingId, CancellationToken ct) => ById(db, bookingId, ct);

    public static IQueryable<BookingFacts> Of(AppDb db, IQueryable<Booking> bookings) =>
        from b in bookings
        join s in db.Set<Slot>() on b.SlotId equals s.Id
        join v in db.Set<Venue>() on b.VenueId equals v.Id
        join p in db.Set<Space>() on s.SpaceId equals p.Id
        join u in db.Set<AppUser>() on b.MemberId equals u.Id into users
        from u in users.DefaultIfEmpty()
        select new BookingFacts(b, v.Name, v.NameEn, v.Address, v.Phone, p.Name, p.NameEn, s.CancelUntil, u!.DisplayName, u.Email);
}

/// <summary>Bookings as calendar entries, in the current language.</summary>
public sealed class BookingCalendar(Texts texts, SiteAddress site, IOptions<MailOptions> mail, TimeProvider clock)
{
    public string One(BookingFacts facts, string method) => Ics.Write(method, [EntryOf(facts, isMail: method is not "PUBLISH")]);

    public string Feed(IEnumerable<BookingFacts> all) => Ics.Write("PUBLISH", all.Select(f => EntryOf(f, isMail: false)), texts["calendar_name"]);

    IcsEvent EntryOf(BookingFacts facts, bool isMail)
    {
        var booking = facts.Booking;
        return new($"booking-{booking.Id}@venuebooking", booking.Sequence, clock.GetUtcNow(), booking.StartsAt, booking.EndsAt,
            $"{texts[Activities.TextKey(booking.Activity)]} · {facts.Place}", $"{facts.Place}, {facts.Address}")
        {
            Description = texts["calendar_description", booking.Code, booking.PartySize],
            Url = site.Page("/Bookings/Ticket", new { id = booking.Id }),
            IsCancelled = booking.State is BookingState.Cancelled or BookingState.Released or BookingState.NoShow,
            AlarmMinutes = isMail ? null : (int)BookingRules.RemindBefore.TotalMinutes,
            Organizer = isMail ? (texts["site_name"], new System.Net.Mail.MailAddress(mail.Value.From).Address) : null,
            Attendee = isMail && facts is { MemberName: { } name, MemberEmail: { } email } ? (name, email) : null,
        };
    }
}

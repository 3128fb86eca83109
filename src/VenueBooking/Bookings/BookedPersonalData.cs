using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Supply;
using VenueBooking.Venues;

namespace VenueBooking.Bookings;

/// <summary>What bookings know about a person.</summary>
public sealed class BookedPersonalData(AppDb db, Outbox outbox, TimeProvider clock) : IPersonalData
{
    static readonly EndBookings Forget = new("b.member_id = any($2) and (b.state = 'booked' or b.starts_at > $1)", EndReason.Erased);

    public string Section => "bookings";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct) => await (
        from b in db.Set<Booking>().AsNoTracking()
        join s in db.Set<Slot>() on b.SlotId equals s.Id
        join v in db.Set<Venue>() on b.VenueId equals v.Id
        join p in db.Set<Space>() on s.SpaceId equals p.Id
        where b.MemberId == userId
        orderby b.StartsAt
        select new
        {
            Venue = v.Name,
            Space = p.Name,
            b.Activity,
            b.StartsAt,
            b.EndsAt,
            b.PartySize,
            b.Code,
            State = SnakeCase.Word(b.State),
            b.CreatedAt,
            b.CheckedInAt,
            b.Headcount,
            b.EndedAt,
            b.EndNote,
            EndReason = b.EndReason == null ? null : SnakeCase.Word(b.EndReason.Value),
        }).ToListAsync(ct);

    /// <summary>
    /// What is booked is cancelled (who is there already has been there), and the mail that takes it out of the person's own calendar
    /// still goes; the feed ends. What has been stays as numbers, of an account that says nothing any more. What staff wrote goes too, for
    /// it may name the person, and such a mail goes without it: it is there for the calendar, and says in our own words why.
    /// </summary>
    public async Task EraseAsync(Guid userId, CancellationToken ct)
    {
        await Forget.RunAsync(db, clock.GetUtcNow(), [userId], ct);
        await db.Database.ExecuteSqlAsync($"update bookings set end_note = null where member_id = {userId} and end_note is not null", ct);
        await outbox.KeepAsync(userId, BookingNotices.TakesOutOfCalendar, unlessDue: BookingNotices.Confirmed, ct);
        await db.Database.ExecuteSqlAsync($"delete from calendar_feeds where user_id = {userId}", ct);
    }
}

using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A line of the desk's day.</summary>
/// <param name="Name">The member's, or the guest's; empty where it was erased.</param>
public sealed record DeskLine(Booking Booking, string Name, string VenueName, string? VenueNameEn, string SpaceName, string? SpaceNameEn)
{
    public string VenueLocalName => VenueNames.Local(VenueName, VenueNameEn);
    public string SpaceLocalName => VenueNames.Local(SpaceName, SpaceNameEn);
    public bool IsOver(DateTimeOffset now) => Booking.EndsAt <= now;
    /// <summary>A check-in can be taken back for a few minutes.</summary>
    public bool CanUndo(DateTimeOffset now) =>
        Booking is { State: BookingState.CheckedIn, CheckedInAt: { } at } && now < at + BookingRules.UndoCheckInWithin;
}

/// <summary>Who comes today, for the people at the desk.</summary>
public sealed class DeskDay(AppDb db)
{
    /// <summary>Every booking of the day at this venue but those given back in time, by start.</summary>
    public async Task<IReadOnlyList<DeskLine>> OfAsync(Guid venueId, DateOnly date, CancellationToken ct = default)
    {
        var (from, until) = (SiteTime.StartOf(date), SiteTime.StartOf(date.AddDays(1)));
        var bookings = db.Set<Booking>().AsNoTracking()
            .Where(b => b.VenueId == venueId && b.StartsAt >= from && b.StartsAt < until && b.State != BookingState.Cancelled && b.State != BookingState.Released);
        return await (
            from b in bookings
            join s in db.Set<Slot>() on b.SlotId equals s.Id
            join v in db.Set<Venue>() on b.VenueId equals v.Id
            join p in db.Set<Space>() on s.SpaceId equals p.Id
            join m in db.Set<Membership>() on b.MemberId equals m.UserId into members
            from m in members.DefaultIfEmpty()
            orderby b.StartsAt, p.Name, b.Id
            select new DeskLine(b, b.GuestName ?? (m == null ? "" : m.Name), v.Name, v.NameEn, p.Name, p.NameEn)).Take(2000).ToListAsync(ct);
    }
}

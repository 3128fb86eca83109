using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>A booking with the names of where it is and until when it can be cancelled.</summary>
public sealed record BookingLine(Booking Booking, string VenueName, string? VenueNameEn, string Address, string SpaceName, string? SpaceNameEn,
    DateTimeOffset CancelUntil, bool IsExclusive, int MaxParty)
{
    public string VenueLocalName => VenueNames.Local(VenueName, VenueNameEn);
    public string SpaceLocalName => VenueNames.Local(SpaceName, SpaceNameEn);

    public bool IsCancellable(DateTimeOffset now) => Booking.State == BookingState.Booked && now <= CancelUntil;
}

/// <summary>A member's own bookings.</summary>
public sealed class MemberBookings(AppDb db, TimeProvider clock)
{
    /// <summary>Those that stand and are not over, the next first. Quotas keep them few.</summary>
    public async Task<IReadOnlyList<BookingLine>> ComingAsync(Guid memberId, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        return await View(Of(memberId)
            .Where(b => (b.State == BookingState.Booked || b.State == BookingState.CheckedIn) && b.EndsAt > now)
            .OrderBy(b => b.StartsAt).Take(200)).ToListAsync(ct);
    }

    /// <summary>All others, the latest first.</summary>
    public Task<Page<BookingLine>> PastAsync(Guid memberId, Cursor? cursor, int size = 20, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        return PageAsync(Of(memberId)
            .Where(b => !((b.State == BookingState.Booked || b.State == BookingState.CheckedIn) && b.EndsAt > now)), cursor, size, ct);
    }

    /// <summary>Coming and past together, the latest first.</summary>
    public Task<Page<BookingLine>> AllAsync(Guid memberId, Cursor? cursor, int size = 50, CancellationToken ct = default) =>
        PageAsync(Of(memberId), cursor, size, ct);

    /// <summary>Null when there is none, or it is another's.</summary>
    public Task<BookingLine?> OneAsync(Guid memberId, Guid bookingId, CancellationToken ct = default) =>
        View(Of(memberId).Where(b => b.Id == bookingId)).FirstOrDefaultAsync(ct);

    IQueryable<Booking> Of(Guid memberId) => db.Set<Booking>().AsNoTracking().Where(b => b.MemberId == memberId);

    async Task<Page<BookingLine>> PageAsync(IQueryable<Booking> bookings, Cursor? cursor, int size, CancellationToken ct)
    {
        if (cursor is not null)
        {
            var (at, id) = (cursor.At, cursor.Id);
            bookings = bookings.Where(b => b.StartsAt < at || (b.StartsAt == at && b.Id < id));
        }
        var found = await View(bookings.OrderByDescending(b => b.StartsAt).ThenByDescending(b => b.Id).Take(size + 1)).ToListAsync(ct);
        return Page.Of(found, size, l => Cursor.Of(l.Booking.StartsAt, l.Booking.Id));
    }

    IQueryable<BookingLine> View(IQueryable<Booking> bookings) =>
        from b in bookings
        join s in db.Set<Slot>() on b.SlotId equals s.Id
        join v in db.Set<Venue>() on b.VenueId equals v.Id
        join p in db.Set<Space>() on s.SpaceId equals p.Id
        select new BookingLine(b, v.Name, v.NameEn, v.Address, p.Name, p.NameEn, s.CancelUntil, s.Capacity == 1, s.MaxParty);
}

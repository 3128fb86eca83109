using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Venues;

namespace VenueBooking.Bookings;

/// <summary>What bookings know about a person.</summary>
public sealed class BookedPersonalData(AppDb db, SlotChanges changes, TimeProvider clock) : IPersonalData
{
    static readonly EndBookings Forget = new("b.member_id = any($2) and (b.state = 'booked' or b.starts_at > $1)", BookingState.Cancelled, "erased", null);

    public string Section => "bookings";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct) => await (
        from b in db.Set<Booking>().AsNoTracking()
        join v in db.Set<Venue>() on b.VenueId equals v.Id
        where b.MemberId == userId
        orderby b.StartsAt
        select new { Venue = v.Name, b.Activity, b.StartsAt, b.EndsAt, b.PartySize, State = b.State.ToString(), b.CreatedAt, b.CheckedInAt, b.EndedAt }).ToListAsync(ct);

    /// <summary>What is booked is cancelled (who is there already has been there), the feed ends; what has been stays as numbers that point at nobody.</summary>
    public async Task EraseAsync(Guid userId, CancellationToken ct)
    {
        changes.Report(await Forget.RunAsync(db, clock.GetUtcNow(), [userId], ct));
        await db.Database.ExecuteSqlAsync($"delete from calendar_feeds where user_id = {userId}", ct);
        await db.Database.ExecuteSqlAsync($"delete from idempotency_keys where owner_id = {userId}", ct);
    }
}

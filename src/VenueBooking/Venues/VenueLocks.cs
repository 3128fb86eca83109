using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>
/// Changes of one venue go one after the other, and after or before a publication of its slots, which takes the same lock.
/// Bookings do not wait for it: they lock memberships, unions and slots, never a venue.
/// </summary>
static class VenueLocks
{
    public static async Task<Venue?> LockVenueAsync(this AppDb db, Guid id, CancellationToken ct)
    {
        var found = await db.Set<Venue>()
            .FromSql($"select v.*, v.xmin from venues v where v.id = {id} for no key update").AsTracking().ToListAsync(ct);
        return found is [var venue] ? venue : null;
    }
}

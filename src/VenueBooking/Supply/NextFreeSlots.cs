using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;

namespace VenueBooking.Supply;

/// <summary>One bounded index look-up a venue, however many slots there are.</summary>
sealed class NextFreeSlots(AppDb db, TimeProvider clock) : INextFree
{
    public async Task<IReadOnlyDictionary<Guid, NextFree>> OfAsync(Guid[] venues, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Database.SqlQuery<NextFree>($"""
            select v.id as "VenueId", s.starts_at as "StartsAt", s.ends_at as "EndsAt", s.activity as "Activity"
            from unnest({venues}) v(id)
            cross join lateral (
                select starts_at, ends_at, activity from slots
                where venue_id = v.id and starts_at > {now} and starts_at < {now.AddDays(15)} and state = 'open' and taken < capacity
                  and all_opens_at <= {now} and closes_at > {now}
                order by starts_at, id limit 1) s
            """).ToListAsync(ct);
        return rows.ToDictionary(r => r.VenueId);
    }
}

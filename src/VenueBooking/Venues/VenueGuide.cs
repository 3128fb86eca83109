using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>The next time at a venue that a member can book now.</summary>
public sealed record NextFree(Guid VenueId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Activity);

/// <summary>A venue as the public sees it in a list.</summary>
public sealed record VenueCard(Venue Venue, IReadOnlyList<string> Activities, Guid? PhotoId, NextFree? NextFree);

/// <summary>Everything the public sees of a venue.</summary>
public sealed record VenuePage(Venue Venue, IReadOnlyList<Space> Spaces, IReadOnlyList<Period> Hours, IReadOnlyList<PhotoLine> Photos, IReadOnlyList<Closure> Closures, NextFree? NextFree);

/// <summary>A photo without its picture.</summary>
public sealed record PhotoLine(Guid Id, int Position, string Caption, int Width, int Height);

/// <summary>Venues as the public reads of them: those in use.</summary>
public sealed class VenueGuide(AppDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<VenueCard>> ListAsync(string? words, string? activity, CancellationToken ct)
    {
        var venues = db.Set<Venue>().AsNoTracking().Where(v => v.RetiredAt == null);
        if (!string.IsNullOrWhiteSpace(words))
        {
            var like = VenueSearch.Like(words);
            venues = venues.Where(v => EF.Functions.ILike(v.Name, like, Like.Escape) || EF.Functions.ILike(v.NameEn ?? "", like, Like.Escape) || EF.Functions.ILike(v.Address, like, Like.Escape));
        }
        if (Activities.IsKnown(activity))
            venues = venues.Where(v => db.Set<Space>().Any(s => s.VenueId == v.Id && s.RetiredAt == null && s.Activity == activity));
        var found = await venues.OrderBy(v => v.Name).ThenBy(v => v.Id).Take(500).Select(v => new
        {
            Venue = v,
            Activities = db.Set<Space>().Where(s => s.VenueId == v.Id && s.RetiredAt == null).Select(s => s.Activity).Distinct().Order().ToList(),
            Photo = db.Set<VenuePhoto>().Where(p => p.VenueId == v.Id).OrderBy(p => p.Position).ThenBy(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefault(),
        }).ToListAsync(ct);
        var free = await NextFreeAsync([.. found.Select(f => f.Venue.Id)], ct);
        return [.. found.Select(f => new VenueCard(f.Venue, f.Activities, f.Photo, free.GetValueOrDefault(f.Venue.Id)))];
    }

    public async Task<VenuePage?> FindAsync(Guid id, CancellationToken ct)
    {
        var venue = await db.Set<Venue>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && v.RetiredAt == null, ct);
        if (venue is null)
            return null;
        var now = clock.GetUtcNow();
        return new VenuePage(
            venue,
            await db.SpacesOfAsync(id, ct),
            await db.HoursOfAsync(id, ct),
            await db.PhotosOfAsync(id, ct),
            await db.Set<Closure>().AsNoTracking().Where(c => c.VenueId == id && c.LiftedAt == null && c.EndsAt > now && c.StartsAt < now.AddDays(60))
                .OrderBy(c => c.StartsAt).Take(20).ToListAsync(ct),
            (await NextFreeAsync([id], ct)).GetValueOrDefault(id));
    }

    // One bounded index look-up a venue, however many slots there are.
    async Task<Dictionary<Guid, NextFree>> NextFreeAsync(Guid[] venues, CancellationToken ct)
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

static class VenueParts
{
    /// <summary>Spaces in use, in the order of activity and name.</summary>
    public static Task<List<Space>> SpacesOfAsync(this AppDb db, Guid venueId, CancellationToken ct) =>
        db.Set<Space>().AsNoTracking().Where(s => s.VenueId == venueId && s.RetiredAt == null)
            .OrderBy(s => s.Activity).ThenBy(s => s.Name).ToListAsync(ct);

    public static async Task<List<Period>> HoursOfAsync(this AppDb db, Guid venueId, CancellationToken ct) =>
        [.. (await db.Set<OpeningHours>().AsNoTracking().Where(h => h.VenueId == venueId).ToListAsync(ct))
            .Select(h => new Period(h.Weekday, h.Opens, h.Closes)).OrderBy(p => p.Weekday).ThenBy(p => p.Opens)];

    public static Task<List<PhotoLine>> PhotosOfAsync(this AppDb db, Guid venueId, CancellationToken ct) =>
        db.Set<VenuePhoto>().AsNoTracking().Where(p => p.VenueId == venueId).OrderBy(p => p.Position).ThenBy(p => p.Id)
            .Select(p => new PhotoLine(p.Id, p.Position, p.Caption, p.Width, p.Height)).ToListAsync(ct);
}

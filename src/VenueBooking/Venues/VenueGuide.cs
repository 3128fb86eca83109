using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>A venue as the public sees it in a list.</summary>
public sealed record ListedVenue(VenueFace Face, NextFree? NextFree);

/// <summary>Everything the public sees of a venue.</summary>
public sealed record VenuePage(Venue Venue, IReadOnlyList<Space> Spaces, IReadOnlyList<Period> Hours, IReadOnlyList<PhotoLine> Photos, IReadOnlyList<Closure> Closures, NextFree? NextFree);

/// <summary>A photo without its picture.</summary>
public sealed record PhotoLine(Guid Id, int Position, string Caption, int Width, int Height);

/// <summary>Venues as the public reads of them: those in use.</summary>
public sealed class VenueGuide(AppDb db, INextFree next, TimeProvider clock)
{
    public async Task<IReadOnlyList<ListedVenue>> ListAsync(string? words, string? activity, CancellationToken ct)
    {
        var venues = db.VenuesMatching(words, activity).Where(v => v.RetiredAt == null).OrderBy(v => v.Name).ThenBy(v => v.Id).Take(500);
        var faces = await db.FacesOf(venues).ToListAsync(ct);
        var free = await next.OfAsync([.. faces.Select(f => f.Venue.Id)], ct);
        return [.. faces.Select(f => new ListedVenue(f, free.GetValueOrDefault(f.Venue.Id)))];
    }

    public async Task<VenuePage?> FindAsync(Guid id, CancellationToken ct)
    {
        var venue = await db.Set<Venue>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && v.RetiredAt == null, ct);
        if (venue is null)
            return null;
        return new VenuePage(
            venue,
            await db.SpacesOfAsync(id, ct),
            await db.HoursOfAsync(id, ct),
            await db.PhotosOfAsync(id, ct),
            await ClosuresAsync(id, ct),
            (await next.OfAsync([id], ct)).GetValueOrDefault(id));
    }

    // Of a space that is out of use nobody needs to hear.
    Task<List<Closure>> ClosuresAsync(Guid venueId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<Closure>().AsNoTracking()
            .Where(c => c.VenueId == venueId && c.LiftedAt == null && c.EndsAt > now && c.StartsAt < now.AddDays(60)
                && (c.SpaceId == null || db.Set<Space>().Any(s => s.Id == c.SpaceId && s.RetiredAt == null)))
            .OrderBy(c => c.StartsAt).Take(20).ToListAsync(ct);
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

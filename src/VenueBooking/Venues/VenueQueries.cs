using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>A venue as every list begins with it: what goes on there, and its first photo.</summary>
public sealed class VenueFace
{
    public required Venue Venue { get; init; }
    public required IReadOnlyList<string> Activities { get; init; }
    public Guid? PhotoId { get; init; }
}

static class VenueQueries
{
    /// <summary>Venues, in use or not, with these words in name or address that offer the activity; empty or unknown narrows nothing.</summary>
    public static IQueryable<Venue> VenuesMatching(this AppDb db, string? words, string? activity)
    {
        var venues = db.Set<Venue>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(words))
        {
            var like = Like.Anywhere(new([.. words.Trim().Take(100).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]));
            venues = venues.Where(v => EF.Functions.ILike(v.Name, like, Like.Escape) || EF.Functions.ILike(v.NameEn ?? "", like, Like.Escape) || EF.Functions.ILike(v.Address, like, Like.Escape));
        }
        return Activities.IsKnown(activity)
            ? venues.Where(v => db.Set<Space>().Any(s => s.VenueId == v.Id && s.RetiredAt == null && s.Activity == activity))
            : venues;
    }

    public static IQueryable<VenueFace> FacesOf(this AppDb db, IQueryable<Venue> venues) => venues.Select(v => new VenueFace
    {
        Venue = v,
        Activities = db.Set<Space>().Where(s => s.VenueId == v.Id && s.RetiredAt == null).Select(s => s.Activity).Distinct().Order().ToList(),
        PhotoId = db.Set<VenuePhoto>().Where(p => p.VenueId == v.Id).OrderBy(p => p.Position).ThenBy(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefault(),
    });
}

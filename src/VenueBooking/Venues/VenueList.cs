using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>What a list of venues is narrowed and ordered by.</summary>
/// <param name="State"><c>in_use</c> (the default), <c>retired</c> or <c>all</c>.</param>
/// <param name="Sort"><c>name</c>, <c>created</c> or <c>spaces</c>; with a leading <c>-</c> the other way round.</param>
public sealed record VenueFilter(string? Words = null, string? Activity = null, string? State = null, string? Sort = null);

/// <summary>A venue as a line of a list.</summary>
public sealed record VenueLine(
    Guid Id, string Name, string? NameEn, string Address, string? Phone, double? Latitude, double? Longitude,
    IReadOnlyList<string> Activities, int Spaces, int Photos, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt)
{
    public string LocalName => VenueNames.Local(Name, NameEn);
}

/// <summary>The venues as staff list them.</summary>
public sealed class VenueList(AppDb db)
{
    public const int PageSize = 20;

    public async Task<(IReadOnlyList<VenueLine> Lines, int Total)> PageAsync(VenueFilter filter, int skip, int take, CancellationToken ct)
    {
        var venues = Narrow(filter);
        var total = await venues.CountAsync(ct);
        var lines = await Order(venues, filter.Sort).Skip(skip).Take(take).Select(v => new VenueLine(
            v.Id, v.Name, v.NameEn, v.Address, v.Phone, v.Latitude, v.Longitude,
            db.Set<Space>().Where(s => s.VenueId == v.Id && s.RetiredAt == null).Select(s => s.Activity).Distinct().Order().ToList(),
            db.Set<Space>().Count(s => s.VenueId == v.Id && s.RetiredAt == null),
            db.Set<VenuePhoto>().Count(p => p.VenueId == v.Id),
            v.CreatedAt, v.RetiredAt)).ToListAsync(ct);
        return (lines, total);
    }

    IQueryable<Venue> Narrow(VenueFilter filter)
    {
        var venues = filter.State switch
        {
            "retired" => db.Set<Venue>().Where(v => v.RetiredAt != null),
            "all" => db.Set<Venue>(),
            _ => db.Set<Venue>().Where(v => v.RetiredAt == null),
        };
        if (!string.IsNullOrWhiteSpace(filter.Words))
        {
            var like = VenueSearch.Like(filter.Words);
            venues = venues.Where(v => EF.Functions.ILike(v.Name, like, Like.Escape) || EF.Functions.ILike(v.NameEn ?? "", like, Like.Escape) || EF.Functions.ILike(v.Address, like, Like.Escape));
        }
        if (Activities.IsKnown(filter.Activity))
            venues = venues.Where(v => db.Set<Space>().Any(s => s.VenueId == v.Id && s.RetiredAt == null && s.Activity == filter.Activity));
        return venues.AsNoTracking();
    }

    IQueryable<Venue> Order(IQueryable<Venue> venues, string? sort) => sort switch
    {
        "-name" => venues.OrderByDescending(v => v.Name).ThenBy(v => v.Id),
        "created" => venues.OrderBy(v => v.CreatedAt).ThenBy(v => v.Id),
        "-created" => venues.OrderByDescending(v => v.CreatedAt).ThenBy(v => v.Id),
        "spaces" => venues.OrderBy(v => db.Set<Space>().Count(s => s.VenueId == v.Id && s.RetiredAt == null)).ThenBy(v => v.Name).ThenBy(v => v.Id),
        "-spaces" => venues.OrderByDescending(v => db.Set<Space>().Count(s => s.VenueId == v.Id && s.RetiredAt == null)).ThenBy(v => v.Name).ThenBy(v => v.Id),
        _ => venues.OrderBy(v => v.Name).ThenBy(v => v.Id),
    };
}

static class VenueSearch
{
    /// <summary>A pattern that finds the words anywhere, whatever signs are in them.</summary>
    public static string Like(string words)
    {
        var plain = new string([.. words.Trim().Take(100).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);
        return Data.Like.Anywhere(plain);
    }
}

using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

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

    /// <param name="page">From 1.</param>
    public async Task<NumberedPage<VenueLine>> PageAsync(VenueFilter filter, int page, CancellationToken ct)
    {
        var venues = Narrow(filter);
        var lines = await LinesAsync(Order(venues, filter.Sort).Skip((page - 1) * PageSize).Take(PageSize), ct);
        return new(lines, page, PageSize, await venues.CountAsync(ct));
    }

    public Task<List<VenueLine>> AllAsync(VenueFilter filter, CancellationToken ct) =>
        LinesAsync(Order(Narrow(filter), filter.Sort).Take(TableReader.MaxRows), ct);

    Task<List<VenueLine>> LinesAsync(IQueryable<Venue> venues, CancellationToken ct) => db.FacesOf(venues).Select(f => new VenueLine(
        f.Venue.Id, f.Venue.Name, f.Venue.NameEn, f.Venue.Address, f.Venue.Phone, f.Venue.Latitude, f.Venue.Longitude, f.Activities,
        db.Set<Space>().Count(s => s.VenueId == f.Venue.Id && s.RetiredAt == null),
        db.Set<VenuePhoto>().Count(p => p.VenueId == f.Venue.Id),
        f.Venue.CreatedAt, f.Venue.RetiredAt)).ToListAsync(ct);

    IQueryable<Venue> Narrow(VenueFilter filter)
    {
        var venues = db.VenuesMatching(filter.Words, filter.Activity);
        return filter.State switch
        {
            "retired" => venues.Where(v => v.RetiredAt != null),
            "all" => venues,
            _ => venues.Where(v => v.RetiredAt == null),
        };
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

using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>A venue on the wire. Names and summaries come in both languages; English is null where there is none.</summary>
/// <param name="Activities">Codes such as <c>badminton</c>.</param>
/// <param name="Photo">Address of its first photo, or null.</param>
public sealed record VenueItem(
    Guid Id, string Name, string? NameEn, string Summary, string SummaryEn, string Address, string? Phone,
    double? Latitude, double? Longitude, IReadOnlyList<string> Activities, string? Photo);

/// <param name="Capacity">1: exclusive, a booking takes it whole; more: places.</param>
/// <param name="MaxParty">People one booking may bring.</param>
public sealed record SpaceItem(Guid Id, string Name, string? NameEn, string Activity, int Capacity, int MaxParty);

/// <param name="Weekday">0 is Sunday.</param>
/// <param name="Opens"><c>HH:mm</c> at the site, Asia/Shanghai.</param>
/// <param name="Closes"><c>HH:mm</c>; midnight is <c>24:00</c>.</param>
public sealed record HoursItem(int Weekday, string Opens, string Closes);

/// <param name="SpaceId">Null: the whole venue.</param>
public sealed record ClosureItem(Guid? SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason);

public sealed record PhotoItem(string Url, string Thumbnail, string Caption, int Width, int Height);

public sealed record VenueDetail(
    Guid Id, string Name, string? NameEn, string Summary, string SummaryEn, string Address, string? Phone,
    double? Latitude, double? Longitude, IReadOnlyList<SpaceItem> Spaces, IReadOnlyList<HoursItem> Hours,
    IReadOnlyList<PhotoItem> Photos, IReadOnlyList<ClosureItem> Closures);

/// <summary><c>/api/v1/venues</c>: the venues in use, for anybody.</summary>
static class VenuesApi
{
    const int MostPerPage = 100;

    public static void MapVenuesApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/venues").WithTags("Venues").AllowAnonymous().CacheOutput(VenueCache.Policy);
        group.MapGet("/", ListAsync).WithName("listVenues").WithSummary("Venues in use, by name")
            .Example("activity", "badminton").Refuses(422, "invalid_cursor", "invalid_activity", "invalid_limit");
        group.MapGet("/{id:guid}", FindAsync).WithName("getVenue").WithSummary("One venue with its spaces, hours, photos and coming closures").Refuses(404, "not_found");
    }

    static async Task<Results<Ok<Page<VenueItem>>, ProblemHttpResult>> ListAsync(
        AppDb db, Texts texts, LinkGenerator links, [Description("Venues that offer it, a code such as badminton")] string? activity,
        [Description(Cursor.Description)] string? cursor, [Description("1 to 100 a page, 50 unless said")] string? limit, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var after) || after?.Key.Contains('\0', StringComparison.Ordinal) == true)
            return TypedResults.Problem(Problems.Details(texts, Cursor.Refused));
        if (activity is not null && !Activities.IsKnown(activity))
            return TypedResults.Problem(Problems.Details(texts, Refusal.Invalid("invalid_activity", "activity")));
        var take = 50;
        if (limit is not null && !(int.TryParse(limit, System.Globalization.CultureInfo.InvariantCulture, out take) && take is >= 1 and <= MostPerPage))
            return TypedResults.Problem(Problems.Details(texts, Refusal.Invalid("invalid_limit", "limit", 1, MostPerPage)));
        var venues = db.VenuesMatching(null, activity).Where(v => v.RetiredAt == null);
        if (after is not null)
            venues = venues.Where(v => EF.Functions.GreaterThan(ValueTuple.Create(v.Name, v.Id), ValueTuple.Create(after.Key, after.Id)));
        var found = await db.FacesOf(venues.OrderBy(v => v.Name).ThenBy(v => v.Id).Take(take + 1)).ToListAsync(ct);
        return TypedResults.Ok(Page.Of([.. found.Select(f => ItemOf(f, links))], take, item => new(item.Name, item.Id)));
    }

    static VenueItem ItemOf(VenueFace face, LinkGenerator links) => new(
        face.Venue.Id, face.Venue.Name, face.Venue.NameEn, face.Venue.Summary, face.Venue.SummaryEn, face.Venue.Address, face.Venue.Phone,
        face.Venue.Latitude, face.Venue.Longitude, face.Activities, face.PhotoId is { } photo ? links.Photo(face.Venue.Id, photo) : null);

    static async Task<Results<Ok<VenueDetail>, ProblemHttpResult>> FindAsync(
        Guid id, VenueGuide guide, Texts texts, LinkGenerator links, CancellationToken ct)
    {
        if (await guide.FindAsync(id, ct) is not { } found)
            return TypedResults.Problem(Problems.Details(texts, Refusal.NotFound));
        var v = found.Venue;
        return TypedResults.Ok(new VenueDetail(v.Id, v.Name, v.NameEn, v.Summary, v.SummaryEn, v.Address, v.Phone, v.Latitude, v.Longitude,
            [.. found.Spaces.Select(s => new SpaceItem(s.Id, s.Name, s.NameEn, s.Activity, s.Capacity, s.MaxParty))],
            [.. found.Hours.Select(h => new HoursItem((int)h.Weekday, SiteTime.Time(h.Opens), SiteTime.Time(h.Closes)))],
            [.. found.Photos.Select(p => new PhotoItem(links.Photo(id, p.Id)!, links.Photo(id, p.Id, thumbnail: true)!, p.Caption, p.Width, p.Height))],
            [.. found.Closures.Select(c => new ClosureItem(c.SpaceId, SiteTime.Local(c.StartsAt), SiteTime.Local(c.EndsAt), c.Reason))]));
    }
}

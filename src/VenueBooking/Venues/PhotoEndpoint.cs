using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>
/// Serves photos. A photo never changes under its id, so whoever has it may keep it for ever; it is always our own encoding,
/// sent with its one type and <c>nosniff</c>.
/// </summary>
static class PhotoEndpoint
{
    public const string Full = "venue-photo", Thumbnail = "venue-photo-thumbnail";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/venues/{id:guid}/photos/{photoId:guid}", (Guid id, Guid photoId, HttpContext http, AppDb db, CancellationToken ct) =>
            ServeAsync(db.Set<VenuePhoto>().Where(p => p.VenueId == id && p.Id == photoId).Select(p => p.Bytes), photoId, http, ct))
            .WithName(Full).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/venues/{id:guid}/photos/{photoId:guid}/thumbnail", (Guid id, Guid photoId, HttpContext http, AppDb db, CancellationToken ct) =>
            ServeAsync(db.Set<VenuePhoto>().Where(p => p.VenueId == id && p.Id == photoId).Select(p => p.Thumbnail), photoId, http, ct))
            .WithName(Thumbnail).AllowAnonymous().ExcludeFromDescription();
    }

    static async Task<IResult> ServeAsync(IQueryable<byte[]> photo, Guid id, HttpContext http, CancellationToken ct)
    {
        if (await photo.SingleOrDefaultAsync(ct) is not { } bytes)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Content-Security-Policy"] = "default-src 'none'";
        return Results.Bytes(bytes, MadePhoto.ContentType, entityTag: new($"\"{id:N}\""));
    }
}

public static class PhotoLinks
{
    /// <summary>Where a venue's photo is; with <paramref name="thumbnail"/> the small one (640 px).</summary>
    public static string? Photo(this LinkGenerator links, Guid venueId, Guid photoId, bool thumbnail = false) =>
        links.GetPathByName(thumbnail ? PhotoEndpoint.Thumbnail : PhotoEndpoint.Full, new { id = venueId, photoId });
}

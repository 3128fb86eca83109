using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Adds, names, orders and removes a venue's photos. The first one is the venue's face in lists.</summary>
public sealed class EditPhotos(AppDb db, Audit audit, TimeProvider clock, VenueCache cache)
{
    public const int MostPerVenue = 20;

    /// <summary>All of the files, or none and why: the refusal's arguments begin with the name of the file.</summary>
    public async Task<Outcome<int>> AddAsync(Guid venueId, IReadOnlyList<IFormFile> files, CancellationToken ct)
    {
        if (files.Count == 0)
            return VenueRefusals.PhotoNone;
        var made = new List<MadePhoto>();
        foreach (var file in files.Take(MostPerVenue + 1))
        {
            var photo = await MakeAsync(file, ct);
            if (photo.IsRefused)
                return photo.Refusal with { Args = [file.FileName, .. photo.Refusal.Args] };
            made.Add(photo.Value);
        }
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(venueId, ct) is null)
            return Refusal.NotFound;
        var there = await db.Set<VenuePhoto>().Where(p => p.VenueId == venueId).Select(p => p.Position).ToListAsync(ct);
        if (there.Count + made.Count > MostPerVenue)
            return VenueRefusals.PhotoTooMany(MostPerVenue, there.Count);
        var next = there.DefaultIfEmpty(0).Max() + 1;
        foreach (var photo in made)
            Add(venueId, photo, next++);
        return await SaveAsync(work, made.Count, ct);
    }

    public async Task<Outcome<int>> CaptionAsync(Guid venueId, Guid id, string caption, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await ListAsync(venueId, ct) is not { } photos || photos.Find(p => p.Id == id) is not { } photo)
            return Refusal.NotFound;
        var changed = await db.Set<VenuePhoto>().Where(p => p.Id == id).ExecuteUpdateAsync(s => s.SetProperty(p => p.Caption, caption), ct);
        audit.Record("photo.caption", "photo", id, new { photo.Caption }, new { caption });
        return await SaveAsync(work, changed, ct);
    }

    /// <summary>One place nearer to the front, or to the end.</summary>
    public async Task<Outcome<int>> MoveAsync(Guid venueId, Guid id, bool forward, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await ListAsync(venueId, ct) is not { } photos || photos.FindIndex(p => p.Id == id) is not (>= 0 and var at))
            return Refusal.NotFound;
        var to = at + (forward ? -1 : 1);
        if (to < 0 || to >= photos.Count)
            return 0;
        (photos[at], photos[to]) = (photos[to], photos[at]);
        for (var i = 0; i < photos.Count; i++)
        {
            var (photoId, position) = (photos[i].Id, i + 1);
            await db.Set<VenuePhoto>().Where(p => p.Id == photoId).ExecuteUpdateAsync(s => s.SetProperty(p => p.Position, position), ct);
        }
        audit.Record("photo.order", "photo", id, new { position = at + 1 }, new { position = to + 1 });
        return await SaveAsync(work, 1, ct);
    }

    public async Task<Outcome<int>> DeleteAsync(Guid venueId, Guid id, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await ListAsync(venueId, ct) is not { } photos || photos.Find(p => p.Id == id) is not { } photo)
            return Refusal.NotFound;
        await db.Set<VenuePhoto>().Where(p => p.Id == id).ExecuteDeleteAsync(ct);
        audit.Record("photo.delete", "photo", id, photo);
        return await SaveAsync(work, 1, ct);
    }

    static async Task<Outcome<MadePhoto>> MakeAsync(IFormFile file, CancellationToken ct)
    {
        if (file.Length > PhotoMaker.MaxBytes)
            return PhotoMaker.TooBig;
        using var copy = new MemoryStream((int)file.Length);
        await file.CopyToAsync(copy, ct);
        return PhotoMaker.Make(copy.ToArray());
    }

    void Add(Guid venueId, MadePhoto made, int position)
    {
        var photo = new VenuePhoto
        {
            VenueId = venueId,
            Position = position,
            ContentType = MadePhoto.ContentType,
            Width = made.Width,
            Height = made.Height,
            Bytes = made.Bytes,
            Thumbnail = made.Thumbnail,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(photo);
        audit.Record("photo.add", "photo", photo.Id, after: new { venueId, position, made.Width, made.Height, bytes = made.Bytes.Length });
    }

    sealed record Kept(Guid Id, Guid VenueId, int Position, string Caption);

    // Without the pictures themselves. Null where there is no such venue; else it is locked.
    async Task<List<Kept>?> ListAsync(Guid venueId, CancellationToken ct) =>
        await db.LockVenueAsync(venueId, ct) is null
            ? null
            : await db.Set<VenuePhoto>().Where(p => p.VenueId == venueId).OrderBy(p => p.Position).ThenBy(p => p.Id)
                .Select(p => new Kept(p.Id, p.VenueId, p.Position, p.Caption)).ToListAsync(ct);

    async Task<Outcome<int>> SaveAsync(JoinedWork work, int count, CancellationToken ct)
    {
        await work.SaveAsync(db, ct);
        await cache.ForgetAsync(ct);
        return count;
    }
}

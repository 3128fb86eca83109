using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Which venues a desk clerk works for: what the desk pages show and who may check in is scoped by it.</summary>
public sealed class VenueDeskScopes(AppDb db, Audit audit)
{
    public sealed record Scope(Guid VenueId, string VenueName, string? VenueNameEn)
    {
        public string LocalName => VenueNames.Local(VenueName, VenueNameEn);
    }

    public async Task<IReadOnlyList<Scope>> ListAsync(Guid userId, CancellationToken ct) => await
        (from desk in db.Set<VenueDesk>()
         join venue in db.Set<Venue>() on desk.VenueId equals venue.Id
         where desk.UserId == userId
         orderby venue.Name
         select new Scope(venue.Id, venue.Name, venue.NameEn)).ToListAsync(ct);

    /// <summary>Venues that can still be given to somebody: those in use.</summary>
    public async Task<IReadOnlyList<Scope>> ChoicesAsync(CancellationToken ct) =>
        await db.Set<Venue>().Where(v => v.RetiredAt == null).OrderBy(v => v.Name).Select(v => new Scope(v.Id, v.Name, v.NameEn)).ToListAsync(ct);

    /// <summary>Giving what is already given changes nothing. Refused, it leaves a transaction of the caller's to be rolled back.</summary>
    public async Task<Outcome<Done>> AddAsync(Guid userId, Guid venueId, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (!await db.Set<Venue>().AnyAsync(v => v.Id == venueId && v.RetiredAt == null, ct))
            return VenueRefusals.VenueUnknown;
        int added;
        try
        {
            added = await db.Database.ExecuteSqlAsync(
                $"insert into venue_desks (user_id, venue_id) values ({userId}, {venueId}) on conflict do nothing", ct);
        }
        catch (Npgsql.PostgresException e) when (e.BrokenConstraint() is "venue_desks_user_id_fkey" or "venue_desks_venue_id_fkey")
        {
            return Refusal.NotFound;
        }
        if (added > 0)
            audit.Record("desk.add", "venue", venueId, after: new { userId, venueId });
        await work.SaveAsync(db, ct);
        return Done.It;
    }

    public async Task<Outcome<Done>> RemoveAsync(Guid userId, Guid venueId, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        var removed = await db.Set<VenueDesk>().Where(d => d.UserId == userId && d.VenueId == venueId).ExecuteDeleteAsync(ct);
        if (removed == 0)
            return Refusal.NotFound;
        audit.Record("desk.remove", "venue", venueId, before: new { userId, venueId });
        await work.SaveAsync(db, ct);
        return Done.It;
    }
}

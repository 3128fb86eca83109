using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>What the audit log calls venues and what belongs to them.</summary>
static class VenueAuditNames
{
    public static IServiceCollection AddVenueNames(this IServiceCollection services) => services.Names(Venues).Names(Spaces).Names(Closures).Names(Photos);

    static IQueryable<AuditName> Venues(AppDb db) => db.Set<Venue>().Select(v => new AuditName { Id = v.Id, Name = v.Name, NameEn = v.NameEn });

    static IQueryable<AuditName> Spaces(AppDb db) =>
        from s in db.Set<Space>()
        join v in db.Set<Venue>() on s.VenueId equals v.Id
        select new AuditName { Id = s.Id, Name = s.Name, NameEn = s.NameEn, Owner = v.Name, OwnerEn = v.NameEn };

    static IQueryable<AuditName> Closures(AppDb db) =>
        from c in db.Set<Closure>()
        join v in db.Set<Venue>() on c.VenueId equals v.Id
        from s in db.Set<Space>().Where(s => s.Id == c.SpaceId).DefaultIfEmpty()
        select new AuditName { Id = c.Id, Name = v.Name, NameEn = v.NameEn, Then = s.Name, ThenEn = s.NameEn, StartsAt = c.StartsAt, EndsAt = c.EndsAt };

    /// <summary>Without a caption it is known by its venue alone.</summary>
    static IQueryable<AuditName> Photos(AppDb db) =>
        from p in db.Set<VenuePhoto>()
        join v in db.Set<Venue>() on p.VenueId equals v.Id
        select new AuditName { Id = p.Id, Name = p.Caption, Owner = v.Name, OwnerEn = v.NameEn };
}

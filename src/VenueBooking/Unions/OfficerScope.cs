using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Unions;

/// <summary>The unions an officer looks after: every one named for them and all below. Staff and administrators: all.</summary>
public sealed class OfficerScope(AppDb db, CurrentMember member)
{
    /// <summary>To be put into a query, so that what is out of reach is simply not there.</summary>
    public IQueryable<Union> Unions
    {
        get
        {
            var unions = db.Set<Union>();
            if (member.SeesAll)
                return unions;
            var id = member.IdOrNull;
            return unions.Where(u => db.Set<UnionOfficer>().Any(o => o.UserId == id && u.Path.Contains(o.UnionId)));
        }
    }

    public IQueryable<Membership> Memberships =>
        member.SeesAll
            ? db.Set<Membership>()
            : db.Set<Membership>().Where(m => Unions.Any(u => u.Id == m.UnionId));
}

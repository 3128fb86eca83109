using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Accounts;

static class Admins
{
    /// <summary>Whether nobody could administer the site without this person. Locks the role's holders, so that two cannot leave at once.</summary>
    public static async Task<bool> IsLastAdminAsync(this AppDb db, Guid userId, CancellationToken ct)
    {
        var holders = await db.Database.SqlQuery<Guid>(
            $"""
            select r.user_id as "Value" from user_roles r where r.role_id = (select id from roles where name = {Roles.Admin})
            order by r.user_id for update
            """).ToListAsync(ct);
        return holders.Count == 1 && holders[0] == userId;
    }
}

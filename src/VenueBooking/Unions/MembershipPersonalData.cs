using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Unions;

/// <summary>A person's membership, and what an officer looks after.</summary>
sealed class MembershipPersonalData(AppDb db) : IPersonalData
{
    public string Section => "membership";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct) => await
        (from membership in db.Set<Membership>()
         join union in db.Set<Union>() on membership.UnionId equals union.Id into unions
         from union in unions.DefaultIfEmpty()
         where membership.UserId == userId
         select new { membership.Name, Union = (string?)union.Name, membership.CardNumber, membership.State, membership.AskedAt, membership.VerifiedAt, membership.RejectedAt, membership.RejectedReason, membership.EndedAt })
        .SingleOrDefaultAsync(ct);

    public async Task EraseAsync(Guid userId, CancellationToken ct)
    {
        await db.Set<Membership>().Where(m => m.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<UnionOfficer>().Where(o => o.UserId == userId).ExecuteDeleteAsync(ct);
    }
}

using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>Which unions an officer looks after, for the accounts' admin page.</summary>
sealed class OfficerReach(AppDb db, Audit audit) : IRoleScope
{
    public string Role => Roles.UnionOfficer;
    public string TextKey => "officer_unions";

    public async Task<IReadOnlyList<ScopeChoice>> ChoicesAsync(CancellationToken ct) =>
        [.. (await db.Set<Union>().Where(u => u.EndedAt == null).ByLevel().Select(u => new { u.Id, u.Name }).ToListAsync(ct)).Select(u => new ScopeChoice(u.Id, u.Name))];

    public async Task<IReadOnlyList<ScopeChoice>> HeldAsync(Guid userId, CancellationToken ct) => await
        db.Set<UnionOfficer>().Where(o => o.UserId == userId)
            .Join(db.Set<Union>(), o => o.UnionId, u => u.Id, (_, u) => new ScopeChoice(u.Id, u.Name)).ToListAsync(ct);

    public async Task<Outcome<Done>> SetAsync(Guid userId, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var held = await db.Set<UnionOfficer>().Where(o => o.UserId == userId).Select(o => o.UnionId).ToListAsync(ct);
        var wanted = await db.Set<Union>().Where(u => ids.Contains(u.Id) && (u.EndedAt == null || held.Contains(u.Id))).Select(u => u.Id).ToListAsync(ct);
        if (ids.Except(wanted).Any())
            return IRoleScope.Unknown;
        if (held.ToHashSet().SetEquals(wanted))
            return Done.It;
        await db.Set<UnionOfficer>().Where(o => o.UserId == userId && !wanted.Contains(o.UnionId)).ExecuteDeleteAsync(ct);
        foreach (var union in wanted.Except(held))
            db.Add(new UnionOfficer { UserId = userId, UnionId = union });
        audit.Record("officer.unions", "user", userId, new { unions = held }, new { unions = wanted });
        return Done.It;
    }
}

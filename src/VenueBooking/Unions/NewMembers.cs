using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>What a new account asks of its union.</summary>
sealed class NewMembers(AppDb db, MembershipDesk desk) : IMemberships
{
    public async Task<IReadOnlyList<UnionChoice>> ChoicesAsync(CancellationToken ct) =>
        await (from union in db.Set<Union>()
               join above in db.Set<Union>() on union.ParentId equals above.Id
               where union.Level == UnionLevel.Grassroots && union.EndedAt == null
               orderby above.Name, union.Name
               select new UnionChoice(union.Id, union.Name + " · " + above.Name)).ToListAsync(ct);

    public async Task<Refusal?> AskAsync(Guid userId, string name, Guid? unionId, string? cardNumber, CancellationToken ct) =>
        (await desk.AskAsync(userId, name, unionId, cardNumber, ct)).Refusal;

    public Task AddressConfirmedAsync(Guid userId, CancellationToken ct) => desk.MatchAsync(userId, ct);
}

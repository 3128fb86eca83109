using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Unions;

namespace VenueBooking.Accounts;

/// <param name="Label">The union's name with the one above it, because two streets may each have a 第一小学工会.</param>
public sealed record UnionChoice(Guid Id, string Label);

/// <summary>The grassroots unions one can say one belongs to.</summary>
public sealed class UnionChoices(AppDb db)
{
    public async Task<IReadOnlyList<UnionChoice>> ListAsync(CancellationToken cancel) =>
        await (from union in db.Set<Union>()
               join above in db.Set<Union>() on union.ParentId equals above.Id
               where union.Level == UnionLevel.Grassroots && union.EndedAt == null
               orderby above.Name, union.Name
               select new UnionChoice(union.Id, union.Name + " · " + above.Name)).ToListAsync(cancel);
}

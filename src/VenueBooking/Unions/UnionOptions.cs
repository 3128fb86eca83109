using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace VenueBooking.Unions;

static class UnionOptions
{
    /// <summary>The grassroots unions among these, as the choices of a field.</summary>
    public static async Task<IReadOnlyList<SelectListItem>> GrassrootsOptionsAsync(this IQueryable<Union> unions, Guid? chosen, CancellationToken ct) =>
        [.. (await unions.Where(u => u.Level == UnionLevel.Grassroots && u.EndedAt == null).OrderBy(u => u.Name)
            .Select(u => new { u.Id, u.Name }).ToListAsync(ct)).Select(u => new SelectListItem(u.Name, u.Id.ToString(), u.Id == chosen))];
}

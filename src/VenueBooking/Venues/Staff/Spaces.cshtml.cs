using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Venues.Staff;

[Authorize(Policy = Policies.Staff)]
public sealed class SpacesModel(AppDb db) : VenuePageModel(db)
{
    public IReadOnlyList<Space> Spaces { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) =>
        Spaces = await Db.Set<Space>().AsNoTracking().Where(s => s.VenueId == Venue.Id)
            .OrderBy(s => s.RetiredAt != null).ThenBy(s => s.Activity).ThenBy(s => s.Name).ToListAsync(ct);
}

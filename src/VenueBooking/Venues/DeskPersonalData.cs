using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Venues;

/// <summary>Which venues' desks a person works at.</summary>
sealed class DeskPersonalData(AppDb db, VenueDeskScopes scopes) : IPersonalData
{
    public string Section => "desks";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct) =>
        await scopes.ListAsync(userId, ct) is { Count: > 0 } venues ? venues.Select(v => v.VenueName) : null;

    public Task EraseAsync(Guid userId, CancellationToken ct) => db.Set<VenueDesk>().Where(d => d.UserId == userId).ExecuteDeleteAsync(ct);
}

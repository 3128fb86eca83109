using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Web;

/// <summary>The answers kept for repeated requests. They say nothing that the things themselves do not, so they are not exported.</summary>
sealed class IdempotencyPersonalData(AppDb db) : IPersonalData
{
    public string Section => "idempotency";

    public Task<object?> ExportAsync(Guid userId, CancellationToken ct) => Task.FromResult<object?>(null);

    public Task EraseAsync(Guid userId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"delete from idempotency_keys where owner_id = {userId}", ct);
}

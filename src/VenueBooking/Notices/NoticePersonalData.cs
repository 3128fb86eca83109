using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Notices;

/// <summary>What was written to a person.</summary>
sealed class NoticePersonalData(AppDb db) : IPersonalData
{
    public string Section => "notices";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct) => await db.Set<Notice>().AsNoTracking()
        .Where(n => n.RecipientId == userId).OrderBy(n => n.CreatedAt)
        .Select(n => new { n.Kind, n.Address, n.CreatedAt, n.SentAt, n.State }).ToListAsync(ct);

    /// <summary>What is still due is never sent: there is nobody to send it to. What was sent stays as a number, without addresses.</summary>
    public async Task EraseAsync(Guid userId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from outbox where recipient_id = {userId} and state = 'due'", ct);
        await db.Database.ExecuteSqlAsync(
            $"update outbox set address = null, payload = '{{}}', last_error = null where recipient_id = {userId}", ct);
    }
}

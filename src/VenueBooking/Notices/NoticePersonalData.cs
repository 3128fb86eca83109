using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Notices;

/// <summary>What was written to a person.</summary>
sealed class NoticePersonalData(AppDb db) : IPersonalData
{
    public string Section => "notices";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct) => await db.Set<Notice>()
        .FromSql($$"""
            select * from outbox where recipient_id = {{userId}} and (kind <> 'booking_confirmed' or address is not null or payload <> '{}' or last_error is not null)
            union
            select o.* from bookings b join outbox o on o.kind = 'booking_confirmed' and o.dedupe_key = b.id::text
            where b.member_id = {{userId}} and o.recipient_id = {{userId}}
            """)
        .AsNoTracking().OrderBy(n => n.CreatedAt)
        .Select(n => new { n.Kind, n.Address, n.CreatedAt, n.SentAt, n.State }).ToListAsync(ct);

    /// <summary>
    /// What is still due is never sent: there is nobody to send it to. What was sent stays as a number, without addresses. Each
    /// statement says what it looks for in the words of an index: the outbox has every mail of ninety days.
    /// </summary>
    public async Task EraseAsync(Guid userId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from outbox where recipient_id = {userId} and state = 'due'", ct);
        await db.Database.ExecuteSqlAsync($$"""
            update outbox set address = null, payload = '{}', last_error = null
            where recipient_id = {{userId}} and (address is not null or payload <> '{}' or last_error is not null)
            """, ct);
    }
}

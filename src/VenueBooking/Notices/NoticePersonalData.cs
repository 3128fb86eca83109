using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Notices;

/// <summary>
/// Notices of a kind of which there are so many that the outbox has no index of them by person. The module that writes them says under
/// which keys a person's lie.
/// </summary>
public interface INoticeKeys
{
    string Kind { get; }

    Task<IReadOnlyList<string>> OfAsync(Guid userId, CancellationToken ct);
}

/// <summary>What was written to a person.</summary>
sealed class NoticePersonalData(AppDb db, IEnumerable<INoticeKeys> many) : IPersonalData
{
    public string Section => "notices";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct)
    {
        var notices = await db.Set<Notice>().FromSql($$"""
            select * from outbox where recipient_id = {{userId}} and (kind <> 'booking_confirmed' or address is not null or payload <> '{}' or last_error is not null)
            """).AsNoTracking().ToListAsync(ct);
        foreach (var kind in many)
        {
            var keys = await kind.OfAsync(userId, ct);
            notices.AddRange(await db.Set<Notice>().AsNoTracking()
                .Where(n => n.Kind == kind.Kind && keys.Contains(n.DedupeKey) && n.RecipientId == userId).ToListAsync(ct));
        }
        return notices.DistinctBy(n => n.Id).OrderBy(n => n.CreatedAt).Select(n => new { n.Kind, n.Address, n.CreatedAt, n.SentAt, n.State }).ToList();
    }

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

using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;

namespace VenueBooking.Notices;

/// <summary>What was written to a person.</summary>
sealed class NoticePersonalData(AppDb db, NoticesOfPeople mails) : IPersonalData
{
    public string Section => "notices";

    public async Task<object?> ExportAsync(Guid userId, CancellationToken ct)
    {
        var notices = new List<Notice>();
        foreach (var part in await mails.OfAsync([userId], ct))
            notices.AddRange(await part.ToListAsync(ct));
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

using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;

namespace VenueBooking.Notices;

/// <summary>
/// Notices of a kind of which there are so many that the outbox has no index of them by person. The module that writes them says under
/// which keys people's lie.
/// </summary>
public interface INoticeKeys
{
    string Kind { get; }

    /// <param name="since">Of what was written before, the outbox has nothing any more.</param>
    Task<IReadOnlyList<string>> OfAsync(Guid[] people, DateTimeOffset since, CancellationToken ct);
}

/// <summary>What was written to people, found by index: the outbox has every mail of ninety days.</summary>
public sealed class NoticesOfPeople(AppDb db, IEnumerable<INoticeKeys> many, TimeProvider clock)
{
    /// <summary>What is past keeping goes some hours later.</summary>
    static readonly TimeSpan Kept = PruneNotices.Kept + TimeSpan.FromDays(1);

    /// <summary>In parts, of which one may have what another has too.</summary>
    public async Task<IReadOnlyList<IQueryable<Notice>>> OfAsync(Guid[] people, CancellationToken ct)
    {
        // In the words of the index.
        var parts = new List<IQueryable<Notice>>
        {
            db.Set<Notice>().FromSql($$"""
                select * from outbox where recipient_id = any({{people}})
                    and (kind <> 'booking_confirmed' or address is not null or payload <> '{}' or last_error is not null)
                """).AsNoTracking(),
        };
        foreach (var kind in many)
        {
            var keys = await kind.OfAsync(people, clock.GetUtcNow() - Kept, ct);
            parts.Add(db.Set<Notice>().AsNoTracking().Where(n => n.Kind == kind.Kind && keys.Contains(n.DedupeKey) && people.Contains(n.RecipientId!.Value)));
        }
        return parts;
    }

    /// <summary>What went, or is to go, to an address other than its account's, or without one.</summary>
    public IQueryable<Notice> ToAddress(string like) =>
        db.Set<Notice>().FromSql($"select * from outbox where address <> ''").AsNoTracking().Where(n => EF.Functions.ILike(n.Address!, like, Like.Escape));
}

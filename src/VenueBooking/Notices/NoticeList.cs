using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>What a list of notices is narrowed by.</summary>
public sealed record NoticeFilter(NoticeState? State, string? Kind, string? Recipient);

public sealed record NoticeLine(
    Guid Id, string Kind, NoticeState State, string? Name, string? Address, DateTimeOffset CreatedAt, DateTimeOffset NextAttemptAt,
    DateTimeOffset? SentAt, int Attempts, string? Error)
{
    /// <summary>It went to somebody whose account is gone, and who that was is forgotten.</summary>
    public bool IsToNobody => Name is null && string.IsNullOrEmpty(Address);
}

/// <summary>Reads the outbox for people.</summary>
public sealed class NoticeList(AppDb db, NoticesOfPeople mails, IEnumerable<INoticeTemplate> templates)
{
    /// <summary>
    /// Two ways, because most mails (a booking's confirmation) have no index by person: it would be one more to write with every booking.
    /// Those of a few people are found by the keys of their bookings, wherever they lie in the outbox; the bookings of more people than this
    /// would be too many to look up, but so are their mails, and the newest are soon found among all.
    /// </summary>
    const int FewPeople = 100;

    public async Task<Page<NoticeLine>> PageAsync(NoticeFilter filter, Cursor? after, int size, CancellationToken ct) =>
        Page.Of(await NewestAsync(filter, after, size + 1, ct), size, n => Cursor.Of(n.CreatedAt, n.Id));

    /// <summary>Of what may need somebody: due and failed. What went out is ninety days of mails, and nobody counts them.</summary>
    public async Task<IReadOnlyDictionary<NoticeState, int>> CountsAsync(CancellationToken ct) => await db.Set<Notice>()
        .Where(n => n.State == NoticeState.Due || n.State == NoticeState.Failed)
        .GroupBy(n => n.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    /// <summary>Every kind that a module can write.</summary>
    public IEnumerable<string> Kinds => templates.Select(t => t.Kind);

    public Task<List<NoticeLine>> AllAsync(NoticeFilter filter, int atMost, CancellationToken ct) => NewestAsync(filter, null, atMost, ct);

    async Task<List<NoticeLine>> NewestAsync(NoticeFilter filter, Cursor? after, int atMost, CancellationToken ct)
    {
        var notices = db.Set<Notice>().AsNoTracking();
        if (string.IsNullOrWhiteSpace(filter.Recipient))
            return await Lines(Narrowed(notices, filter, after)).Take(atMost).ToListAsync(ct);
        var like = Like.Anywhere(filter.Recipient);
        var people = await db.Set<AppUser>().Where(u => EF.Functions.ILike(u.Email!, like, Like.Escape) || EF.Functions.ILike(u.DisplayName, like, Like.Escape))
            .Select(u => u.Id).Take(FewPeople + 1).ToArrayAsync(ct);
        if (people.Length > FewPeople)
            return await Lines(Narrowed(notices, filter, after), like).Take(atMost).ToListAsync(ct);
        var found = new HashSet<Place>();
        foreach (var part in (await mails.OfAsync(people, ct)).Append(mails.ToAddress(like)))
            found.UnionWith(await Narrowed(part, filter, after).OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(atMost).Select(n => new Place(n.CreatedAt, n.Id)).ToListAsync(ct));
        var newest = found.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id).Take(atMost).Select(p => p.Id).ToArray();
        return await Lines(notices.Where(n => newest.Contains(n.Id))).ToListAsync(ct);
    }

    static IQueryable<Notice> Narrowed(IQueryable<Notice> notices, NoticeFilter filter, Cursor? after)
    {
        // Said in the statement itself: the index of what did not go out has the state in its condition.
        if (filter.State is { } state)
            notices = notices.Where(n => n.State == EF.Constant(state));
        if (filter.Kind is { Length: > 0 } kind)
            notices = notices.Where(n => n.Kind == kind);
        return after is null ? notices : notices.Where(n => n.CreatedAt <= after.At && (n.CreatedAt < after.At || n.Id < after.Id));
    }

    /// <summary>The newest first.</summary>
    /// <param name="like">Of whom the name or the address is like this; null: of all.</param>
    IQueryable<NoticeLine> Lines(IQueryable<Notice> notices, string? like = null)
    {
        var rows =
            from notice in notices
            join user in db.Set<AppUser>() on notice.RecipientId equals user.Id into users
            from user in users.DefaultIfEmpty()
            select new { Notice = notice, User = user };
        if (like is not null)
            rows = rows.Where(r => EF.Functions.ILike(r.Notice.Address ?? r.User!.Email!, like, Like.Escape) || EF.Functions.ILike(r.User!.DisplayName, like, Like.Escape));
        return rows.OrderByDescending(r => r.Notice.CreatedAt).ThenByDescending(r => r.Notice.Id)
            .Select(r => new NoticeLine(
                r.Notice.Id, r.Notice.Kind, r.Notice.State, r.User!.DisplayName, r.Notice.Address ?? r.User.Email,
                r.Notice.CreatedAt, r.Notice.NextAttemptAt, r.Notice.SentAt, r.Notice.Attempts, r.Notice.LastError));
    }

    /// <summary>Where a notice stands in the list.</summary>
    readonly record struct Place(DateTimeOffset CreatedAt, Guid Id);
}

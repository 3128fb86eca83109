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
public sealed class NoticeList(AppDb db, IEnumerable<INoticeTemplate> templates)
{
    public async Task<Page<NoticeLine>> PageAsync(NoticeFilter filter, Cursor? after, int size, CancellationToken ct)
    {
        var rows = Narrowed(filter);
        if (after is not null)
            rows = rows.Where(r => r.Notice.CreatedAt <= after.At && (r.Notice.CreatedAt < after.At || r.Notice.Id < after.Id));
        return Page.Of(await Lines(rows).Take(size + 1).ToListAsync(ct), size, n => Cursor.Of(n.CreatedAt, n.Id));
    }

    /// <summary>Of what may need somebody: due and failed. What went out is ninety days of mails, and nobody counts them.</summary>
    public async Task<IReadOnlyDictionary<NoticeState, int>> CountsAsync(CancellationToken ct) => await db.Set<Notice>()
        .Where(n => n.State == NoticeState.Due || n.State == NoticeState.Failed)
        .GroupBy(n => n.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    /// <summary>Every kind that a module can write.</summary>
    public IEnumerable<string> Kinds => templates.Select(t => t.Kind);

    public Task<List<NoticeLine>> AllAsync(NoticeFilter filter, int atMost, CancellationToken ct) =>
        Lines(Narrowed(filter)).Take(atMost).ToListAsync(ct);

    IQueryable<Row> Narrowed(NoticeFilter filter)
    {
        var rows =
            from notice in db.Set<Notice>().AsNoTracking()
            join user in db.Set<AppUser>() on notice.RecipientId equals user.Id into users
            from user in users.DefaultIfEmpty()
            select new Row { Notice = notice, User = user };
        // Said in the statement itself: the index of what did not go out has the state in its condition.
        if (filter.State is { } state)
            rows = rows.Where(r => r.Notice.State == EF.Constant(state));
        if (filter.Kind is { Length: > 0 } kind)
            rows = rows.Where(r => r.Notice.Kind == kind);
        if (string.IsNullOrWhiteSpace(filter.Recipient))
            return rows;
        var like = Like.Anywhere(filter.Recipient);
        return rows.Where(r => EF.Functions.ILike(r.Notice.Address ?? r.User!.Email!, like, Like.Escape) || EF.Functions.ILike(r.User!.DisplayName, like, Like.Escape));
    }

    static IQueryable<NoticeLine> Lines(IQueryable<Row> rows) => rows
        .OrderByDescending(r => r.Notice.CreatedAt).ThenByDescending(r => r.Notice.Id)
        .Select(r => new NoticeLine(
            r.Notice.Id, r.Notice.Kind, r.Notice.State, r.User!.DisplayName, r.Notice.Address ?? r.User.Email,
            r.Notice.CreatedAt, r.Notice.NextAttemptAt, r.Notice.SentAt, r.Notice.Attempts, r.Notice.LastError));

    sealed class Row
    {
        public required Notice Notice { get; init; }
        public AppUser? User { get; init; }
    }
}

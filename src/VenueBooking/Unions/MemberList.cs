using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>What a list of members is narrowed and ordered by.</summary>
/// <param name="Union">With all below it.</param>
/// <param name="Words">A part of the name, or the card number.</param>
/// <param name="Sort"><c>name</c>, <c>union</c> or <c>asked</c>; with a leading <c>-</c> the other way round; else the waiting first.</param>
public sealed record MemberFilter(string? State, Guid? Union, string? Words, string? Sort);

/// <summary>A member as a line of a list.</summary>
public sealed record MemberLine
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Card { get; init; }
    public string? Union { get; init; }
    public required MembershipState State { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? RejectedAt { get; init; }
    public required bool IsConfirmed { get; init; }
    /// <summary>For an officer to look at.</summary>
    public required bool IsWaiting { get; init; }

    public bool MayBeApproved => State == MembershipState.Unverified && IsConfirmed;

    public string StateKey => this switch
    {
        { State: MembershipState.Unverified, RejectedAt: not null } => "member_state_rejected",
        { State: MembershipState.Unverified, IsConfirmed: false } => "address_unconfirmed_short",
        _ => "member_state_" + SnakeCase.Word(State),
    };
}

/// <summary>The members an officer looks after. Names and cards are on the list, so every look is in the audit log.</summary>
public sealed class MemberList(AppDb db, OfficerScope scope, Audit audit)
{
    public const int PageSize = 25;
    const int ExportLimit = 20_000;

    /// <param name="page">From 1.</param>
    public async Task<NumberedPage<MemberLine>> PageAsync(MemberFilter filter, int page, CancellationToken ct)
    {
        var members = Narrowed(filter);
        var total = await members.CountAsync(ct);
        var lines = await Ordered(LinesOf(members), filter.Sort).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        await WriteDownAsync("members.list", filter, lines.Count, ct);
        return new(lines, page, PageSize, total);
    }

    public async Task<IReadOnlyList<MemberLine>> AllAsync(MemberFilter filter, CancellationToken ct)
    {
        var lines = await Ordered(LinesOf(Narrowed(filter)), filter.Sort).Take(ExportLimit).ToListAsync(ct);
        await WriteDownAsync("members.export", filter, lines.Count, ct);
        return lines;
    }

    public Task<int> WaitingAsync(CancellationToken ct) => LinesOf(scope.Memberships).CountAsync(line => line.IsWaiting, ct);

    IQueryable<Membership> Narrowed(MemberFilter filter)
    {
        var found = scope.Memberships;
        if (SnakeCase.TryParse<MembershipState>(filter.State, out var state))
            found = found.Where(m => m.State == state);
        if (filter.Union is { } union)
            found = found.Where(m => db.Set<Union>().Any(u => u.Id == m.UnionId && u.Path.Contains(union)));
        if (!string.IsNullOrWhiteSpace(filter.Words))
        {
            var (like, card) = (Like.Anywhere(filter.Words), CardNumbers.Clean(filter.Words));
            found = found.Where(m => EF.Functions.ILike(m.Name, like, Like.Escape) || m.CardNumber == card);
        }
        return found;
    }

    IQueryable<MemberLine> LinesOf(IQueryable<Membership> members) =>
        from member in members
        join user in db.Set<AppUser>() on member.UserId equals user.Id
        join union in db.Set<Union>() on member.UnionId equals union.Id into unions
        from union in unions.DefaultIfEmpty()
        select new MemberLine
        {
            Id = member.UserId,
            Name = member.Name,
            Card = member.CardNumber,
            Union = union.Name,
            State = member.State,
            AskedAt = member.AskedAt,
            RejectedAt = member.RejectedAt,
            IsConfirmed = user.EmailConfirmed,
            IsWaiting = member.State == MembershipState.Unverified && member.RejectedAt == null && user.EmailConfirmed,
        };

    /// <summary>Unless said otherwise the waiting come first, who has waited longest at the top; after them the newest.</summary>
    static IQueryable<MemberLine> Ordered(IQueryable<MemberLine> lines, string? sort) => sort switch
    {
        "name" => lines.OrderBy(l => l.Name).ThenBy(l => l.Id),
        "-name" => lines.OrderByDescending(l => l.Name).ThenBy(l => l.Id),
        "union" => lines.OrderBy(l => l.Union).ThenBy(l => l.Name).ThenBy(l => l.Id),
        "-union" => lines.OrderByDescending(l => l.Union).ThenBy(l => l.Name).ThenBy(l => l.Id),
        "asked" => lines.OrderBy(l => l.AskedAt).ThenBy(l => l.Id),
        "-asked" => lines.OrderByDescending(l => l.AskedAt).ThenBy(l => l.Id),
        _ => lines.OrderByDescending(l => l.IsWaiting).ThenBy(l => l.IsWaiting ? l.AskedAt : (DateTimeOffset?)null)
            .ThenByDescending(l => l.AskedAt).ThenBy(l => l.Id),
    };

    Task<int> WriteDownAsync(string action, MemberFilter filter, int count, CancellationToken ct)
    {
        audit.Record(action, "membership", null, after: new { State = SnakeCase.TryParse<MembershipState>(filter.State, out var state) ? SnakeCase.Word(state) : null, filter.Union, Q = filter.Words, count });
        return db.SaveChangesAsync(ct);
    }
}

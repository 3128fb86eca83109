using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>What a list of accounts is narrowed and ordered by.</summary>
/// <param name="Words">A part of the name or the address.</param>
/// <param name="Sort"><c>name</c>, <c>email</c> or <c>since</c>; with a leading <c>-</c> the other way round; else the newest first.</param>
public sealed record UserFilter(string? Words, string? Role, string? Sort);

/// <summary>An account as a line of a list.</summary>
public sealed record UserLine
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required bool IsConfirmed { get; init; }
    public required bool IsLocked { get; init; }
    public required bool HasTwoFactor { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The one thing that most needs saying.</summary>
    public string StateKey => IsLocked ? "locked" : !IsConfirmed ? "not_confirmed" : HasTwoFactor ? "two_factor_short" : "password_only";
}

/// <summary>The accounts as administrators list them. They are personal data, so every look is in the audit log.</summary>
public sealed class UserList(AppDb db, Audit audit, TimeProvider clock)
{
    const int PageSize = 50, ExportLimit = 20_000;

    /// <param name="page">From 1.</param>
    public async Task<NumberedPage<UserLine>> PageAsync(UserFilter filter, int page, CancellationToken ct)
    {
        var users = Narrowed(filter);
        var total = await users.CountAsync(ct);
        var lines = await LinesOf(Ordered(users, filter.Sort).Skip((page - 1) * PageSize).Take(PageSize)).ToListAsync(ct);
        await WriteDownAsync("account.list", filter, lines.Count, ct);
        return new(lines, page, PageSize, total);
    }

    public async Task<IReadOnlyList<UserLine>> AllAsync(UserFilter filter, CancellationToken ct)
    {
        var lines = await LinesOf(Ordered(Narrowed(filter), filter.Sort).Take(ExportLimit)).ToListAsync(ct);
        await WriteDownAsync("account.export", filter, lines.Count, ct);
        return lines;
    }

    IQueryable<AppUser> Narrowed(UserFilter filter)
    {
        var users = db.Set<AppUser>().AsNoTracking().Where(u => u.DeletedAt == null);
        if (filter.Words?.Trim() is { Length: > 0 } words)
        {
            var like = Like.Anywhere(words);
            users = users.Where(u => EF.Functions.ILike(u.DisplayName, like, Like.Escape) || EF.Functions.ILike(u.Email!, like, Like.Escape));
        }
        if (filter.Role is { } role)
            users = users.Where(u => db.Set<IdentityUserRole<Guid>>().Any(r => r.UserId == u.Id
                && db.Set<IdentityRole<Guid>>().Any(x => x.Id == r.RoleId && x.Name == role)));
        return users;
    }

    static IQueryable<AppUser> Ordered(IQueryable<AppUser> users, string? sort) => sort switch
    {
        "name" => users.OrderBy(u => u.DisplayName).ThenBy(u => u.Id),
        "-name" => users.OrderByDescending(u => u.DisplayName).ThenBy(u => u.Id),
        "email" => users.OrderBy(u => u.Email).ThenBy(u => u.Id),
        "-email" => users.OrderByDescending(u => u.Email).ThenBy(u => u.Id),
        "since" => users.OrderBy(u => u.CreatedAt).ThenBy(u => u.Id),
        _ => users.OrderByDescending(u => u.CreatedAt).ThenByDescending(u => u.Id),
    };

    IQueryable<UserLine> LinesOf(IQueryable<AppUser> users)
    {
        var now = clock.GetUtcNow();
        return users.Select(u => new UserLine
        {
            Id = u.Id,
            Name = u.DisplayName,
            Email = u.Email!,
            IsConfirmed = u.EmailConfirmed,
            IsLocked = u.LockoutEnd > now,
            HasTwoFactor = u.TwoFactorEnabled || db.Set<IdentityUserPasskey<Guid>>().Any(p => p.UserId == u.Id),
            CreatedAt = u.CreatedAt,
            Roles = db.Set<IdentityUserRole<Guid>>().Where(r => r.UserId == u.Id)
                .Join(db.Set<IdentityRole<Guid>>(), r => r.RoleId, r => r.Id, (_, r) => r.Name!).OrderBy(name => name).ToList(),
        });
    }

    Task<int> WriteDownAsync(string action, UserFilter filter, int count, CancellationToken ct)
    {
        audit.Record(action, "user", null, after: new { Q = filter.Words, filter.Role, count });
        return db.SaveChangesAsync(ct);
    }
}

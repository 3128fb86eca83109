using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>All accounts, newest first; found by name or address, narrowed to a role.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class UsersModel(AppDb db, Audit audit) : PageModel
{
    const int Size = 50;

    public sealed record Row(Guid Id, string Name, string Email, bool IsConfirmed, bool IsLocked, bool HasTwoFactor, string Roles, DateTimeOffset CreatedAt);

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Role { get; set; }
    public Page<Row> List { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string? cursor, [FromServices] TimeProvider clock, CancellationToken ct)
    {
        if (!Cursor.TryParseTime(cursor, out var from))
            return BadRequest();
        (Q, Role) = (Q is { Length: > 100 } ? Q[..100] : Q, Roles.OfStaff.Contains(Role) ? Role : null);
        var users = Narrow(db.Set<AppUser>().AsNoTracking().Where(u => u.DeletedAt == null));
        if (from is not null)
            users = users.Where(u => u.CreatedAt < from.At || (u.CreatedAt == from.At && u.Id < from.Id));
        var now = clock.GetUtcNow();
        var rows = await users.OrderByDescending(u => u.CreatedAt).ThenByDescending(u => u.Id).Take(Size + 1)
            .Select(u => new Row(u.Id, u.DisplayName, u.Email!, u.EmailConfirmed, u.LockoutEnd > now, u.TwoFactorEnabled,
                string.Join(",", db.Set<IdentityUserRole<Guid>>().Where(r => r.UserId == u.Id)
                    .Join(db.Set<IdentityRole<Guid>>(), r => r.RoleId, r => r.Id, (_, r) => r.Name!)), u.CreatedAt)).ToListAsync(ct);
        List = Web.Page.Of(rows, Size, r => Cursor.Of(r.CreatedAt, r.Id));
        audit.Record("account.list", "user", null, after: new { Q, Role, count = List.Items.Count });
        await db.SaveChangesAsync(ct);
        return Page();
    }

    IQueryable<AppUser> Narrow(IQueryable<AppUser> users)
    {
        if (Q?.Trim() is { Length: > 0 } q)
        {
            var like = Like.Anywhere(q);
            users = users.Where(u => EF.Functions.ILike(u.DisplayName, like, Like.Escape) || EF.Functions.ILike(u.Email!, like, Like.Escape));
        }
        if (Role is not null)
            users = users.Where(u => db.Set<IdentityUserRole<Guid>>().Any(r => r.UserId == u.Id
                && db.Set<IdentityRole<Guid>>().Any(x => x.Id == r.RoleId && x.Name == Role)));
        return users;
    }
}

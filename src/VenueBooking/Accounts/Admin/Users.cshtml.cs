using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Web.Tables;

namespace VenueBooking.Accounts.Admin;

/// <summary>All accounts, newest first; found by name or address, narrowed to a role.</summary>
[Authorize(Policy = Policies.Admin)]
[ResponseCache(NoStore = true)]
public sealed class UsersModel(UserList users, IStringLocalizer<AccountText> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Role { get; set; }
    [BindProperty(SupportsGet = true)] public string? Sort { get; set; }
    public IReadOnlyList<UserLine> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public string? Next { get; private set; }

    UserFilter Filter => new(Q is { Length: > 100 } ? Q[..100] : Q, Roles.OfStaff.Contains(Role) ? Role : null, Sort);

    /// <param name="cursor">The page's number, from 1.</param>
    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        var page = 1;
        if (!string.IsNullOrEmpty(cursor) && !(int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out page) && page is > 0 and < 100_000))
            return BadRequest();
        (Lines, Total) = await users.PageAsync(Filter, page, ct);
        Next = page * UserList.PageSize < Total ? (page + 1).ToString(CultureInfo.InvariantCulture) : null;
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct) => TableFile.Of(format, "accounts",
        [t["name"], t["email"], t["role"], t["state"], t["since"]],
        (await users.AllAsync(Filter, ct)).Select(IReadOnlyList<object?> (u) => [u.Name, u.Email, RolesOf(u), t[u.StateKey].Value, u.CreatedAt]));

    public string RolesOf(UserLine user) => string.Join(" · ", user.Roles.Select(r => t["role_" + r].Value));
}

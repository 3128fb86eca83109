using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Accounts.Admin;

/// <summary>All accounts, newest first; found by name or address, narrowed to a role.</summary>
[Authorize(Policy = Policies.Admin)]
[ResponseCache(NoStore = true)]
public sealed class UsersModel(UserList users, IStringLocalizer<AccountText> t) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set => field = SearchText.Clean(value); }
    [BindProperty(SupportsGet = true)] public string? Role { get; set; }
    [BindProperty(SupportsGet = true)] public string? Sort { get; set; }
    public NumberedPage<UserLine> List { get; private set; } = null!;

    UserFilter Filter => new(Q, Roles.OfStaff.Contains(Role) ? Role : null, Sort);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = NumberedPage.Param)] string? number, CancellationToken ct)
    {
        if (!NumberedPage.TryParse(number, out var page))
            return this.LeadToWithout(NumberedPage.Param);
        List = await users.PageAsync(Filter, page, ct);
        return this.PageOrLast(List);
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct) => TableFile.Of(format, "accounts",
        [t["name"], t["email"], t["role"], t["state"], t["since"]],
        (await users.AllAsync(Filter, ct)).Select(IReadOnlyList<object?> (u) => [u.Name, u.Email, RolesOf(u), t[u.StateKey].Value, u.CreatedAt]));

    public string RolesOf(UserLine user) => Dotted.Line(user.Roles.Select(r => t["role_" + r].Value));
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Shared;

namespace VenueBooking.Accounts;

/// <summary>我的: the way to everything that is a person's own. Modules contribute theirs as navigation of the account.</summary>
[Authorize(Policy = Policies.SetUp)]
public sealed class IndexModel(Navigation navigation, CurrentMember member) : PageModel
{
    public string Name => member.DisplayName;
    public string Email => User.FindFirst(System.Security.Claims.ClaimTypes.Email)?.Value ?? "";
    public IReadOnlyList<NavLink> Ways { get; private set; } = [];

    public async Task OnGetAsync() =>
        Ways = [.. (await navigation.OpenToAsync(HttpContext))[NavPlace.Account].Where(way => !way.Posts && way.Url != Request.Path)];
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Accounts;

/// <summary>我的: the way to everything that is a person's own.</summary>
[Authorize(Policy = Policies.SetUp)]
public sealed class IndexModel : PageModel
{
    public void OnGet() { }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Accounts;

/// <summary>Too many wrong codes. Only reached after a right password, so it gives nothing away.</summary>
[AllowAnonymous]
public sealed class LockoutModel : PageModel
{
    public void OnGet() { }
}

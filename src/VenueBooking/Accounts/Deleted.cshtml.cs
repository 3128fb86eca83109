using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Accounts;

[AllowAnonymous]
public sealed class DeletedModel : PageModel
{
    public void OnGet() { }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Accounts;

/// <summary>After a form that makes us write a mail: the same page whether or not the address has an account.</summary>
[AllowAnonymous]
public sealed class CheckMailModel : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Why { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public bool IsReset => Why == "reset";

    public void OnGet() { }
}

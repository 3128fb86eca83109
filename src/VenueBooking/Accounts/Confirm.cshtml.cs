using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Where the link in the confirmation mail leads.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.Read)]
[ResponseCache(NoStore = true)]
public sealed class ConfirmModel(UserManager<AppUser> users) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public bool IsDone { get; private set; }

    public async Task OnGetAsync(Guid? userId, string? code)
    {
        var user = userId is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        // The second tap on the link is as good as the first.
        IsDone = user is not null && Codes.TryRead(code, out var token)
            && (await users.ConfirmEmailAsync(user, token)).Succeeded;
        if (!IsDone)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Where the link in the mail to the new address leads. The old address is told.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.Read)]
[ResponseCache(NoStore = true)]
public sealed class ConfirmNewEmailModel(AppUsers users, AppSignIn signIn, Credentials credentials) : PageModel
{
    public bool IsDone { get; private set; }

    public async Task OnGetAsync(Guid? userId, string? address, string? code)
    {
        var user = await credentials.ChangeAddressAsync($"{userId}", address, code, User);
        IsDone = user is not null;
        if (user is null)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        else if (User.Identity?.IsAuthenticated == true && users.GetUserId(User) == user.Id.ToString())
            await signIn.RefreshSignInAsync(user);
    }
}

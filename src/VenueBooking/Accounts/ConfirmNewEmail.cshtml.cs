using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Where the link in the mail to the new address leads. Changed by a button, for what scans mails opens links too. The old address is told.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.Read)]
[ResponseCache(NoStore = true)]
public sealed class ConfirmNewEmailModel(AppUsers users, AppSignIn signIn, Credentials credentials) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? UserId { get; set; }
    [BindProperty(SupportsGet = true)] public string? Address { get; set; }
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }
    public bool IsGood { get; private set; }
    public bool IsDone { get; private set; }

    public async Task OnGetAsync()
    {
        (IsGood, IsDone) = await credentials.LookAtChangeAsync($"{UserId}", Address, Code, User);
        if (!IsGood)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    public async Task OnPostAsync()
    {
        var user = await credentials.ChangeAddressAsync($"{UserId}", Address, Code, User);
        IsDone = user is not null;
        if (user is null)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        else if (User.Identity?.IsAuthenticated == true && users.GetUserId(User) == user.Id.ToString())
            await signIn.RefreshSignInAsync(user);
    }
}

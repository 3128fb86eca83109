using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VenueBooking.Accounts;

/// <summary>
/// Too many wrong codes, or an administrator's lock. Only reached after a right password, so it gives nothing away: which of the two it
/// is, the cookie of the second step says, which nobody has without the password.
/// </summary>
[AllowAnonymous]
[ResponseCache(NoStore = true)]
public sealed class LockoutModel(SignInManager<AppUser> signIn) : PageModel
{
    public bool IsForGood { get; private set; }

    public async Task OnGetAsync() => IsForGood = await signIn.GetTwoFactorAuthenticationUserAsync() is { IsLockedForGood: true };
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>How one signs in, and the way to change each part of it.</summary>
[Authorize(Policy = Policies.SetUp)]
public sealed class SecurityModel(AppUsers users, AppSignIn signIn, Texts texts) : PageModel
{
    public AppUser Who { get; private set; } = null!;
    public int Passkeys { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        Who = who;
        Passkeys = (await users.GetPasskeysAsync(who)).Count;
        return Page();
    }

    /// <summary>Ends every session and token but this one.</summary>
    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        if (await users.GetUserAsync(User) is not { } who)
            return Challenge();
        if (!(await users.UpdateSecurityStampAsync(who)).Succeeded)
            return RedirectToPage();
        await signIn.RefreshSignInAsync(who);
        this.Flash(texts["signed_out_everywhere"]);
        return RedirectToPage();
    }
}

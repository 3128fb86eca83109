using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Where the link in the confirmation mail leads. Anybody can register anybody's address: the link proves the mailbox, the password that
/// whoever reads it registered it themselves. Confirms and signs in at once.
/// </summary>
[AllowAnonymous, LeadOn, EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class ConfirmModel(AppUsers users, PasswordSignIn passwords, Texts texts) : PageModel
{
    string token = "";

    [BindProperty(SupportsGet = true)] public Guid? UserId { get; set; }
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    [BindProperty] public string? Password { get; set; }
    public string Email { get; private set; } = "";
    public bool IsDead { get; private set; }
    /// <summary>The second tap on the link is as good as the first.</summary>
    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await FindAsync();
        if (IsSignedIn)
            return LocalRedirect(this.WayBack(ReturnUrl));
        return found is null ? Dead() : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } user)
            return Dead();
        if (await users.ProvePasswordAsync(user, Password) is { } refusal)
            return this.Refused(texts, refusal);
        if (!(await users.ConfirmEmailAsync(user, token)).Succeeded)
            return Dead();
        return await passwords.TryAsync(user.Email!, Password!, stay: false) switch
        {
            PasswordAnswer.SignedIn => LocalRedirect(this.WayBack(ReturnUrl)),
            PasswordAnswer.CodeNeeded => RedirectToPage("/Accounts/LoginCode", new { ReturnUrl }),
            _ => RedirectToPage("/Accounts/Login", new { ReturnUrl }),
        };
    }

    /// <summary>With an account that is confirmed, by this link or by another: there is nothing left to do.</summary>
    bool IsSignedIn => CurrentMember.IdOf(User) is { } me && (IsDone || me == UserId);

    /// <summary>Whose link it is, as long as it works.</summary>
    async Task<AppUser?> FindAsync()
    {
        if (UserId is not { } id || !Codes.TryRead(Code, out token) || await users.FindByIdAsync(id.ToString()) is not { } user
            || !await users.IsConfirmationAsync(user, token))
            return null;
        (Email, IsDone) = (user.Email!, user.EmailConfirmed);
        return user;
    }

    PageResult Dead()
    {
        IsDead = true;
        return this.Again();
    }
}

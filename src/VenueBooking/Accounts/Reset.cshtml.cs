using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Where the link in the reset mail leads: a new password, which ends all sessions and lifts a lockout.</summary>
[AllowAnonymous, FromThisSite, EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class ResetModel(UserManager<AppUser> users, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? UserId { get; set; }
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }
    [BindProperty] public string? Password { get; set; }
    public bool IsDead { get; private set; }

    public void OnGet()
    {
        IsDead = UserId is null || !Codes.TryRead(Code, out _);
        if (IsDead)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Credentials.WhyNot(Password) is { } refusal)
            return this.Refused(texts, refusal);
        var user = UserId is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        if (user is not { DeletedAt: null } || !Codes.TryRead(Code, out var token))
            return Dead();
        var result = await users.ResetPasswordAsync(user, token, Password!);
        if (result.Succeeded)
        {
            // An administrator's lock outlasts it: "sign in" would send them to where they cannot.
            if (user.IsLockedForGood)
                this.Flash(texts["locked_by_admin"], NoticeKind.Warning);
            else
                this.Flash(texts["reset_done"]);
            return RedirectToPage("/Accounts/Login");
        }
        if (result.Errors.Any(e => e.Code is nameof(IdentityErrorDescriber.InvalidToken) or nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            return Dead();
        this.Refuse(result);
        return this.Again();
    }

    PageResult Dead()
    {
        IsDead = true;
        return this.Again();
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Where the link in the mail to the new address leads. The old address is told.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.Read)]
[ResponseCache(NoStore = true)]
public sealed class ConfirmNewEmailModel(AppUsers users, AppSignIn signIn, AccountMail mail, AppDb db) : PageModel
{
    public bool IsDone { get; private set; }

    public async Task OnGetAsync(Guid? userId, string? address, string? code)
    {
        var user = userId is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        IsDone = user is { DeletedAt: null } && Addresses.IsGood(address) && Codes.TryRead(code, out var token)
            && (IsAlready(user, address!) || await ChangeAsync(user, address!, token));
        if (!IsDone)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        else if (User.Identity?.IsAuthenticated == true && users.GetUserId(User) == user!.Id.ToString())
            await signIn.RefreshSignInAsync(user);
    }

    /// <summary>The second tap on the link.</summary>
    static bool IsAlready(AppUser user, string address) => string.Equals(user.Email, address, StringComparison.OrdinalIgnoreCase);

    async Task<bool> ChangeAsync(AppUser user, string address, string token)
    {
        var old = user.Email!;
        await using var transaction = await db.Database.BeginTransactionAsync();
        try
        {
            if (!(await users.ChangeEmailAsync(user, address, token)).Succeeded || !(await users.SetUserNameAsync(user, address)).Succeeded)
                return false;
            mail.AddressChanged(user, old);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() is "users_normalized_email_key" or "users_normalized_user_name_key")
        {
            return false;
        }
    }
}

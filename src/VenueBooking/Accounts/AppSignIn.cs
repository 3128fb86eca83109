using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace VenueBooking.Accounts;

/// <summary>
/// Identity's sign-in, with two additions: whoever arrives finds their language and letters on the device, and a renewed cookie or
/// token still knows how the person proved who they are. (Identity forgets it: staff would be asked to set up two steps again.)
/// </summary>
public sealed class AppSignIn(
    UserManager<AppUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<AppUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<AppUser> confirmation, PreferenceKeeper preferences)
    : SignInManager<AppUser>(users, http, claims, options, log, schemes, confirmation)
{
    (Guid UserId, IReadOnlyList<string> Methods)? proved;

    public override async Task<AppUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal)
    {
        var user = await base.ValidateSecurityStampAsync(principal);
        proved = user is null ? null : (user.Id, [.. principal!.FindAll(AppClaims.Method).Select(c => c.Value)]);
        return user;
    }

    public override async Task<ClaimsPrincipal> CreateUserPrincipalAsync(AppUser user)
    {
        var principal = await base.CreateUserPrincipalAsync(user);
        if (proved is { } earlier && earlier.UserId == user.Id)
            foreach (var method in earlier.Methods)
                ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(AppClaims.Method, method));
        // For this one renewal only: a sign-in later in the same request has to prove itself.
        proved = null;
        return principal;
    }

    public override async Task SignInWithClaimsAsync(AppUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        // Asked before, because signing in makes them the request's user at once.
        var isArrival = AuthenticationScheme == IdentityConstants.ApplicationScheme && Context.User.Identity?.IsAuthenticated != true;
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
        if (isArrival)
            await preferences.MeetAsync(Context, user);
    }

    /// <summary>Identity counts wrong codes of the app but not wrong recovery codes; here both lead to the lockout.</summary>
    public override async Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode)
    {
        var user = await GetTwoFactorAuthenticationUserAsync();
        if (user is not null && await UserManager.IsLockedOutAsync(user))
            return SignInResult.LockedOut;
        var result = await base.TwoFactorRecoveryCodeSignInAsync(Totp.CleanRecovery(recoveryCode));
        if (result.Succeeded || user is null)
            return result;
        await UserManager.AccessFailedAsync(user);
        return await UserManager.IsLockedOutAsync(user) ? SignInResult.LockedOut : result;
    }

    /// <summary>Signs in with a second factor proved: by a code just entered, or a passkey that asked for PIN or fingerprint.</summary>
    public Task SignInProvedAsync(AppUser user, bool stay) =>
        SignInWithClaimsAsync(user, stay, [new Claim(AppClaims.Method, AppClaims.Mfa)]);
}

using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// <c>login</c> in place of Identity's: the page's own way, with the same work for an unknown address as for a known one. Only who
/// knows the password hears of the second step, of what is wrong with it, that the address still waits to be confirmed, and of an
/// administrator's lock.
/// </summary>
static class LoginApi
{
    static readonly Refusal Wrong = Unauthorized("sign_in_wrong"), CodeNeeded = Unauthorized("code_needed"),
        CodeWrong = Unauthorized("code_wrong"), RecoveryCodeWrong = Unauthorized("recovery_code_wrong"), NotConfirmed = Unauthorized("email_not_confirmed");

    public static async Task<Results<Ok<AccessTokenResponse>, EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        LoginRequest login, PasswordSignIn passwords, AppSignIn signIn, Texts texts)
    {
        signIn.AuthenticationScheme = IdentityConstants.BearerScheme;
        var refusal = await passwords.TryAsync(login.Email?.Trim() ?? "", login.Password ?? "", stay: false) switch
        {
            PasswordAnswer.SignedIn => null,
            PasswordAnswer.CodeNeeded => await SecondStepAsync(login, signIn),
            PasswordAnswer.NotConfirmed => NotConfirmed,
            PasswordAnswer.LockedByAdmin => AccountRefusals.LockedByAdmin,
            _ => Wrong,
        };
        // The token is in the answer already: signing in wrote it.
        return refusal is null ? TypedResults.Empty : AccountProblems.Of(texts, refusal);
    }

    static async Task<Refusal?> SecondStepAsync(LoginRequest login, AppSignIn signIn)
    {
        if (!string.IsNullOrEmpty(login.TwoFactorCode))
            return (await signIn.TwoFactorAuthenticatorSignInAsync(Totp.Clean(login.TwoFactorCode), false, false)).Succeeded ? null : CodeWrong;
        if (!string.IsNullOrEmpty(login.TwoFactorRecoveryCode))
            return (await signIn.TwoFactorRecoveryCodeSignInAsync(login.TwoFactorRecoveryCode)).Succeeded ? null : RecoveryCodeWrong;
        return CodeNeeded;
    }

    static Refusal Unauthorized(string code) => new(code, null, StatusCodes.Status401Unauthorized);
}

using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <param name="TwoFactorCode">To turn it on: a code of the authenticator.</param>
/// <param name="ResetSharedKey">Makes a new key, and turns it off where it is on.</param>
/// <param name="Password">To turn it off, and for a new key or new recovery codes.</param>
public sealed record TwoFactorBody(
    bool? Enable = null, string? TwoFactorCode = null, bool ResetSharedKey = false, bool ResetRecoveryCodes = false, string? Password = null);

/// <param name="SharedKey">To set up an authenticator; null once it is on, and where a second factor has to be proved first.</param>
/// <param name="RecoveryCodes">Once, right after they were made.</param>
public sealed record TwoFactorState(string? SharedKey, IReadOnlyList<string>? RecoveryCodes, int RecoveryCodesLeft, bool IsTwoFactorEnabled);

/// <summary>
/// <c>manage/…</c> in place of Identity's, which would change password, address and second factor by the token alone, and without a
/// word to the owner: here the rules of the pages hold.
/// </summary>
static class ManageApi
{
    static readonly Refusal OneAtATime = Bad("cannot_reset_shared_key_and_enable"), CodeRequired = Bad("requires_two_factor"),
        CodeInvalid = Bad("invalid_two_factor_code"), OldPasswordRequired = Bad("old_password_required");

    public static async Task<Results<Ok<TwoFactorState>, ProblemHttpResult>> TwoFactorAsync(
        TwoFactorBody body, ClaimsPrincipal caller, AppUsers users, SecondFactors factors, Texts texts)
    {
        if (await users.GetUserAsync(caller) is not { } who)
            return AccountProblems.Of(texts, Refusal.NotFound);
        var codes = await ChangeAsync(body, who, factors);
        if (codes.Refusal is { } refusal)
            return AccountProblems.Of(texts, Told(refusal, who));
        return TypedResults.Ok(new TwoFactorState(
            await factors.KeyAsync(who), codes.Value is { Length: > 0 } made ? made : null, await users.CountRecoveryCodesAsync(who), who.TwoFactorEnabled));
    }

    /// <summary>As a program needs it: by the names of its own fields, and with a way out that the API has.</summary>
    static Refusal Told(Refusal refusal, AppUser who) =>
        refusal == AccountRefusals.CodeWrong ? CodeInvalid
        : refusal == AccountRefusals.SecondFactorUnproved && !who.TwoFactorEnabled ? AccountRefusals.PasskeyNeeded
        : refusal;

    /// <returns>New recovery codes, where there are any.</returns>
    static async Task<Outcome<string[]>> ChangeAsync(TwoFactorBody body, AppUser who, SecondFactors factors)
    {
        if (body is { Enable: true, ResetSharedKey: true })
            return OneAtATime;
        if (body.Enable == true && !who.TwoFactorEnabled)
            return string.IsNullOrEmpty(body.TwoFactorCode) ? CodeRequired : await factors.TurnOnAsync(who, body.TwoFactorCode);
        if ((body.Enable == false && who.TwoFactorEnabled) || body.ResetSharedKey)
            return (await factors.TurnOffAsync(who, body.Password)).Refusal is { } refusal ? refusal : Array.Empty<string>();
        return body.ResetRecoveryCodes && who.TwoFactorEnabled ? await factors.NewCodesAsync(who, body.Password) : Array.Empty<string>();
    }

    public static async Task<Results<Ok<InfoResponse>, ValidationProblem, ProblemHttpResult>> InfoAsync(
        InfoRequest body, ClaimsPrincipal caller, AppUsers users, Credentials credentials, Texts texts, CancellationToken ct)
    {
        if (await users.GetUserAsync(caller) is not { } who)
            return AccountProblems.Of(texts, Refusal.NotFound);
        var (address, password) = (body.NewEmail?.Trim(), body.OldPassword);
        if (string.IsNullOrEmpty(password) && (address ?? body.NewPassword) is { Length: > 0 })
            return AccountProblems.Of(texts, OldPasswordRequired);
        // All of it before anything is changed: who sends both and is refused keeps both.
        if (address is { Length: > 0 } && Credentials.WhyNot(who, address) is { } bad)
            return bad == AccountRefusals.EmailInvalid ? AccountProblems.Invalid(texts, users.ErrorDescriber.InvalidEmail(address))
                : AccountProblems.Of(texts, bad with { Field = "NewEmail" });
        if (body.NewPassword is { Length: > 0 } wanted)
        {
            var changed = await credentials.ChangePasswordAsync(who, password, wanted);
            if (changed.Refusal is { } refusal)
                return AccountProblems.Of(texts, refusal with { Field = refusal.Field == "CurrentPassword" ? "OldPassword" : "NewPassword" });
            if (!changed.Value!.Succeeded)
                return AccountProblems.Invalid(texts, changed.Value.Errors);
            password = wanted;
        }
        if (address is { Length: > 0 } && (await credentials.AskForAddressAsync(who, address, password, ct)).Refusal is { } refused)
            return AccountProblems.Of(texts, refused with { Field = refused.Field == "Password" ? "OldPassword" : "NewEmail" });
        return TypedResults.Ok(new InfoResponse { Email = who.Email!, IsEmailConfirmed = who.EmailConfirmed });
    }

    static Refusal Bad(string code) => new(code, null, StatusCodes.Status400BadRequest);
}

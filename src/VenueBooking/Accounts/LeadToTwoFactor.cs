using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Staff who signed in with a password alone are led to two-factor set-up, which says why (or, to who has a passkey, to sign in with
/// it), and from there back to where they wanted to go. A program gets a problem with a code of its own.
/// </summary>
sealed class LeadToTwoFactor(LinkGenerator links, Texts texts, AppUsers users, SecondFactors factors) : IAuthorizationMiddlewareResultHandler
{
    static readonly Refusal Needed = new("two_factor_needed", null, StatusCodes.Status403Forbidden);

    readonly AuthorizationMiddlewareResultHandler standard = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!IsOnlyTwoFactorMissing(authorizeResult))
            await standard.HandleAsync(next, context, policy, authorizeResult);
        else if (context.Request.Path.StartsWithSegments("/api"))
            await texts.Problem(await WhatIsMissingAsync(context.User)).ExecuteAsync(context);
        else
            AccountCookies.Lead(context, links.GetPathByPage(context, "/Accounts/TwoFactor", values: new { returnUrl = AccountCookies.WayBack(context.Request) })!);
    }

    /// <summary>The password alone got in: either there is no other factor, or it is a passkey, which the API does not ask for.</summary>
    async Task<Refusal> WhatIsMissingAsync(ClaimsPrincipal caller) =>
        await users.GetUserAsync(caller) is { } who && await factors.HasAnyAsync(who) ? AccountRefusals.PasskeyNeeded : Needed;

    static bool IsOnlyTwoFactorMissing(PolicyAuthorizationResult result) =>
        result.Forbidden && result.AuthorizationFailure?.FailedRequirements.All(r => r is TwoFactorRequirement) == true
        && result.AuthorizationFailure.FailedRequirements.Any();
}

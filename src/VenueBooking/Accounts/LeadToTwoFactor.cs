using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Staff who signed in with a password alone are led to two-factor set-up, which says why, and from there back to where they
/// wanted to go. A program gets a problem with a code of its own.
/// </summary>
sealed class LeadToTwoFactor(LinkGenerator links, Texts texts) : IAuthorizationMiddlewareResultHandler
{
    static readonly Refusal Needed = new("two_factor_needed", null, StatusCodes.Status403Forbidden);

    readonly AuthorizationMiddlewareResultHandler standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!IsOnlyTwoFactorMissing(authorizeResult))
            return standard.HandleAsync(next, context, policy, authorizeResult);
        if (context.Request.Path.StartsWithSegments("/api"))
            return texts.Problem(Needed).ExecuteAsync(context);
        var url = links.GetPathByPage(context, "/Accounts/TwoFactor", values: new { returnUrl = AccountCookies.WayBack(context.Request) })!;
        AccountCookies.Lead(context, url);
        return Task.CompletedTask;
    }

    static bool IsOnlyTwoFactorMissing(PolicyAuthorizationResult result) =>
        result.Forbidden && result.AuthorizationFailure?.FailedRequirements.All(r => r is TwoFactorRequirement) == true
        && result.AuthorizationFailure.FailedRequirements.Any();
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Staff who signed in with a password alone are led to two-factor set-up, which says why (or, to who has a passkey, to sign in with
/// it), and from there back to where they wanted to go. A program gets a problem with a code of its own.
/// </summary>
sealed class LeadToTwoFactor(LinkGenerator links, Texts texts) : IAuthorizationMiddlewareResultHandler
{
    static readonly Refusal Needed = new("two_factor_needed", null, StatusCodes.Status403Forbidden);

    readonly AuthorizationMiddlewareResultHandler standard = new();

    // Asked with every request to a door: the common answer goes straight on.
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!IsOnlyTwoFactorMissing(authorizeResult))
            return standard.HandleAsync(next, context, policy, authorizeResult);
        if (ApiProblems.IsApi(context.Request.Path))
            return TellAsync(context);
        AccountCookies.Lead(context, links.GetPathByPage(context, "/Accounts/TwoFactor", values: new { returnUrl = context.PageAskedFrom() })!);
        return Task.CompletedTask;
    }

    /// <summary>The password alone got in: either there is no other factor, or it is a passkey, which the API does not ask for.</summary>
    async Task TellAsync(HttpContext context)
    {
        var (users, factors) = (context.RequestServices.GetRequiredService<AppUsers>(), context.RequestServices.GetRequiredService<SecondFactors>());
        var hasPasskey = await users.GetUserAsync(context.User) is { } who && await factors.HasAnyAsync(who);
        await texts.Problem(hasPasskey ? AccountRefusals.PasskeyNeeded : Needed).ExecuteAsync(context);
    }

    static bool IsOnlyTwoFactorMissing(PolicyAuthorizationResult result) =>
        result.Forbidden && result.AuthorizationFailure?.FailedRequirements.All(r => r is TwoFactorRequirement) == true
        && result.AuthorizationFailure.FailedRequirements.Any();
}

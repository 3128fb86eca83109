using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace VenueBooking.Accounts;

/// <summary>The roles, as they stand in the database.</summary>
public static class Roles
{
    public const string Worker = "Worker", UnionOfficer = "UnionOfficer", Staff = "Staff", Desk = "Desk", Admin = "Admin";
    public static readonly string[] All = [Worker, UnionOfficer, Staff, Desk, Admin];
    /// <summary>What everybody is; the id is the migration's.</summary>
    public static readonly Guid WorkerId = new("01900000-0000-7000-8000-000000000001");
    /// <summary>Roles that see other people's data, and so must sign in with two factors.</summary>
    public static readonly string[] OfStaff = [UnionOfficer, Staff, Desk, Admin];
}

/// <summary>
/// Who may come in where. A role says which door; what is behind it is scoped in the query (an officer's subtree of unions,
/// a desk's venues). Every door asks staff for two-factor sign-in; only <see cref="SetUp"/> does not, because behind it they set it up.
/// </summary>
public static class Policies
{
    public const string SignedIn = "SignedIn", Officer = "Officer", Staff = "Staff", Desk = "Desk", Admin = "Admin", AnyStaff = "AnyStaff", SetUp = "SetUp";

    public static void Add(AuthorizationOptions options)
    {
        var twoFactor = new TwoFactorRequirement();
        options.AddPolicy(SetUp, p => p.RequireAuthenticatedUser());
        options.AddPolicy(SignedIn, p => p.RequireAuthenticatedUser().AddRequirements(twoFactor));
        options.AddPolicy(Officer, p => p.RequireRole(Roles.UnionOfficer, Roles.Staff, Roles.Admin).AddRequirements(twoFactor));
        options.AddPolicy(Staff, p => p.RequireRole(Roles.Staff, Roles.Admin).AddRequirements(twoFactor));
        options.AddPolicy(Desk, p => p.RequireRole(Roles.Desk, Roles.Staff, Roles.Admin).AddRequirements(twoFactor));
        options.AddPolicy(Admin, p => p.RequireRole(Roles.Admin).AddRequirements(twoFactor));
        options.AddPolicy(AnyStaff, p => p.RequireRole(Roles.OfStaff).AddRequirements(twoFactor));
        options.FallbackPolicy = options.GetPolicy(SignedIn);
    }
}

/// <summary>
/// Who holds a staff role has signed in with a second factor (or a passkey), or is let off because the account is the demo's.
/// </summary>
public sealed class TwoFactorRequirement : IAuthorizationRequirement
{
    public static bool IsMetBy(ClaimsPrincipal user) =>
        user.HasClaim(AppClaims.Method, AppClaims.Mfa) || user.HasClaim(AppClaims.Demo, "true") || !Roles.OfStaff.Any(user.IsInRole);
}

sealed class TwoFactorHandler : AuthorizationHandler<TwoFactorRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, TwoFactorRequirement requirement)
    {
        if (TwoFactorRequirement.IsMetBy(context.User))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Authorization;

namespace VenueBooking.Accounts;

/// <summary>The roles, as they stand in the database.</summary>
public static class Roles
{
    public const string Worker = "Worker", UnionOfficer = "UnionOfficer", Staff = "Staff", Desk = "Desk", Admin = "Admin";
    public static readonly string[] All = [Worker, UnionOfficer, Staff, Desk, Admin];
}

/// <summary>
/// Who may come in where. A role says which door; what is behind it is scoped in the query (an officer's subtree of unions,
/// a desk's venues). Everything but SignedIn asks for two-factor sign-in (see AccountsModule).
/// </summary>
public static class Policies
{
    public const string SignedIn = "SignedIn", Officer = "Officer", Staff = "Staff", Desk = "Desk", Admin = "Admin";

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, p => p.RequireAuthenticatedUser());
        options.AddPolicy(Officer, p => p.RequireRole(Roles.UnionOfficer, Roles.Staff, Roles.Admin).AddRequirements(new TwoFactorRequirement()));
        options.AddPolicy(Staff, p => p.RequireRole(Roles.Staff, Roles.Admin).AddRequirements(new TwoFactorRequirement()));
        options.AddPolicy(Desk, p => p.RequireRole(Roles.Desk, Roles.Staff, Roles.Admin).AddRequirements(new TwoFactorRequirement()));
        options.AddPolicy(Admin, p => p.RequireRole(Roles.Admin).AddRequirements(new TwoFactorRequirement()));
        options.FallbackPolicy = options.GetPolicy(SignedIn);
    }
}

/// <summary>Signed in with a second factor (or a passkey), or let off because the account is the demo's.</summary>
public sealed class TwoFactorRequirement : IAuthorizationRequirement;

sealed class TwoFactorHandler : AuthorizationHandler<TwoFactorRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, TwoFactorRequirement requirement)
    {
        if (context.User.HasClaim("amr", "mfa") || context.User.HasClaim(AppClaims.Demo, "true"))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

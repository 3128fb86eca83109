using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VenueBooking.Data;

namespace VenueBooking.Accounts;

/// <summary>
/// Puts on the principal what every request needs to know, so that no request has to ask the database. One query, where
/// Identity's own factory asks for claims, roles and each role's claims in turn: signing in is what a rush begins with.
/// </summary>
sealed class AppClaimsFactory(AppDb db, IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<AppUser>
{
    public async Task<ClaimsPrincipal> CreateAsync(AppUser user)
    {
        var roles = await db.Set<IdentityUserRole<Guid>>().Where(held => held.UserId == user.Id)
            .Join(db.Set<IdentityRole<Guid>>(), held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync();
        return Principal(user, roles, options.Value.ClaimsIdentity);
    }

    public static ClaimsPrincipal Principal(AppUser user, IEnumerable<string> roles, ClaimsIdentityOptions names)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, names.UserNameClaimType, names.RoleClaimType);
        identity.AddClaim(new Claim(names.UserIdClaimType, user.Id.ToString()));
        identity.AddClaim(new Claim(names.UserNameClaimType, user.UserName!));
        identity.AddClaim(new Claim(names.EmailClaimType, user.Email!));
        identity.AddClaim(new Claim(names.SecurityStampClaimType, user.SecurityStamp ?? ""));
        identity.AddClaim(new Claim(AppClaims.DisplayName, user.DisplayName));
        if (user.IsDemo)
            identity.AddClaim(new Claim(AppClaims.Demo, "true"));
        foreach (var role in roles)
            identity.AddClaim(new Claim(names.RoleClaimType, role));
        return new ClaimsPrincipal(identity);
    }
}

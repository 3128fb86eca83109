using System.Security.Claims;

namespace VenueBooking.Accounts;

/// <summary>The claims of ours that a signed-in principal carries.</summary>
public static class AppClaims
{
    public const string Demo = "demo", DisplayName = "display_name";
    /// <summary>How the person proved who they are: <c>pwd</c>, or <see cref="Mfa"/> with a second factor or a passkey.</summary>
    public const string Method = "amr", Mfa = "mfa";
}

/// <summary>Who is asking.</summary>
public sealed class CurrentMember(IHttpContextAccessor http)
{
    ClaimsPrincipal User => http.HttpContext?.User ?? new ClaimsPrincipal();

    public bool IsSignedIn => User.Identity?.IsAuthenticated == true;
    public Guid Id => IdOf(User) ?? throw new InvalidOperationException("nobody is signed in");
    public Guid? IdOrNull => IdOf(User);
    public string DisplayName => User.FindFirstValue(AppClaims.DisplayName) ?? "";
    /// <summary>By a code just entered, a recovery code, or a passkey, when they signed in.</summary>
    public bool HasProvedTwo => User.HasClaim(AppClaims.Method, AppClaims.Mfa);
    public bool IsDemo => User.HasClaim(AppClaims.Demo, "true");
    public bool IsIn(string role) => User.IsInRole(role);
    /// <summary>Staff and administrators see every union and every venue.</summary>
    public bool SeesAll => IsIn(Roles.Staff) || IsIn(Roles.Admin);

    public static Guid? IdOf(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}

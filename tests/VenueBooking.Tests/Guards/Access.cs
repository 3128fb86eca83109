using VenueBooking.Accounts;

namespace VenueBooking.Tests.Guards;

/// <summary>Who may come in where, as data: the longest prefix that fits an address decides.</summary>
static class Access
{
    /// <summary>Anybody, and anybody who has signed in.</summary>
    public const string Anyone = "anyone", SignedIn = "signed in";

    public static readonly (string Prefix, string[] MayEnter)[] Table =
    [
        ("/", [Anyone]),
        ("/error", [Anyone]),
        ("/offline", [Anyone]),
        ("/settings", [Anyone]),
        ("/_parts", [Anyone]),
        ("/health", [Anyone]),
        ("/openapi", [Anyone]),
        ("/swagger", [Anyone]),
        ("/find", [Anyone]),
        ("/venues", [Anyone]),
        ("/photos", [Anyone]),
        ("/slots", [Anyone]),
        ("/slots/{id:guid}/book", [SignedIn]),
        ("/bookings", [SignedIn]),
        ("/calendar", [SignedIn]),
        // The address itself is the secret.
        ("/calendar/{token}.ics", [Anyone]),
        ("/account", [SignedIn]),
        ("/account/login", [Anyone]),
        ("/account/register", [Anyone]),
        ("/account/confirm", [Anyone]),
        ("/account/check-mail", [Anyone]),
        ("/account/resend", [Anyone]),
        ("/account/forgot", [Anyone]),
        ("/account/reset", [Anyone]),
        ("/account/lockout", [Anyone]),
        ("/account/logout", [Anyone]),
        ("/account/email/confirm", [Anyone]),
        ("/account/deleted", [Anyone]),
        ("/officer", [Roles.UnionOfficer, Roles.Staff, Roles.Admin]),
        ("/desk", [Roles.Desk, Roles.Staff, Roles.Admin]),
        // The bare address leads each to a place of their own.
        ("/staff", Roles.OfStaff),
        ("/staff/", [Roles.Staff, Roles.Admin]),
        ("/admin", [Roles.Admin]),
        ("/api/v1", [SignedIn]),
        ("/api/v1/venues", [Anyone]),
        ("/api/v1/slots", [Anyone]),
        ("/api/v1/slots/{id:guid}/bookings", [SignedIn]),
        ("/api/v1/agreements", [Roles.Staff, Roles.Admin]),
        ("/api/v1/ticket-key", [Roles.Desk, Roles.Staff, Roles.Admin]),
        ("/api/v1/check-ins", [Roles.Desk, Roles.Staff, Roles.Admin]),
        ("/api/v1/auth", [Anyone]),
        ("/api/v1/auth/manage", [SignedIn]),
    ];

    public static string[] Of(string route) =>
        Table.Where(line => route == line.Prefix || route.StartsWith(line.Prefix.TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(line => line.Prefix.Length).MayEnter;

    public static bool Admits(this string[] mayEnter, string? role) =>
        mayEnter.Contains(Anyone) || (role is not null && (mayEnter.Contains(SignedIn) || mayEnter.Contains(role)));
}

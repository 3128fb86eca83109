using VenueBooking.Shared;

namespace VenueBooking.Accounts;

/// <summary>The accounts' places in the navigation, and the choices of looks that follow a person to other devices.</summary>
static class AccountNav
{
    public static IServiceCollection AddAccountNav(this IServiceCollection services) => services.AddNav(
        new NavItem("nav_sign_in", "/Accounts/Login", null, 1) { Place = NavPlace.Guest },
        new NavItem("nav_me", "/Accounts/Index", Policies.SetUp, 9) { Place = NavPlace.Tab, Icon = "user" },
        new NavItem("nav_me", "/Accounts/Index", Policies.SetUp, 0) { Place = NavPlace.Account, Icon = "home" },
        new NavItem("nav_profile", "/Accounts/Profile", Policies.SignedIn, 60) { Place = NavPlace.Account, Icon = "edit" },
        new NavItem("nav_security", "/Accounts/Security", Policies.SetUp, 61) { Place = NavPlace.Account, Icon = "key" },
        new NavItem("nav_my_data", "/Accounts/MyData", Policies.SignedIn, 62) { Place = NavPlace.Account, Icon = "paper" },
        new NavItem("nav_users", "/Accounts/Admin/Users", Policies.Admin, 70),
        new NavItem("nav_audit", "/Accounts/Admin/AuditLog", Policies.Admin, 71),
        new NavItem("nav_sign_out", "/Accounts/Logout", null, 99) { Place = NavPlace.Account, Icon = "exit", Posts = true });
}

using VenueBooking.Shared;

namespace VenueBooking.Accounts;

/// <summary>The accounts' places in the navigation, and the choices of looks that follow a person to other devices.</summary>
static class AccountNav
{
    public static IServiceCollection AddAccountNav(this IServiceCollection services) => services.AddNav(
        new NavItem("nav_sign_in", "/Accounts/Login", null, 1) { Place = NavPlace.Guest },
        new NavItem("nav_me", "/Accounts/Index", Policies.SetUp, 9) { Place = NavPlace.Tab, Icon = "user" },
        new NavItem("nav_profile", "/Accounts/Index", Policies.SetUp, 1) { Place = NavPlace.Account, Icon = "user" },
        new NavItem("nav_sign_out", "/Accounts/Logout", null, 99) { Place = NavPlace.Account, Icon = "exit", Posts = true });
}

using VenueBooking.Accounts;
using VenueBooking.Shared;

namespace VenueBooking.Bookings;

/// <summary>What the pages of this module need, and the ways that lead to them.</summary>
static class BookingPages
{
    public static IServiceCollection AddBookingPages(this IServiceCollection services) => services
        .AddScoped<BookingPreviews>().AddScoped<FindChoices>().AddScoped<DeskScope>().AddScoped<DeskBook>()
        .AddNav(
            new("nav_home", "/Bookings/Home", null, 0),
            new("nav_find", "/Bookings/Find", null, 1),
            new("nav_bookings", "/Bookings/Mine", Policies.SignedIn, 2),
            new("nav_desk", "/Bookings/Desk", Policies.Desk, 10),
            new("nav_home", "/Bookings/Home", null, 0) { Place = NavPlace.Tab, Icon = "home" },
            new("nav_find", "/Bookings/Find", null, 1) { Place = NavPlace.Tab, Icon = "search" },
            new("nav_bookings", "/Bookings/Mine", Policies.SignedIn, 2) { Place = NavPlace.Tab, Icon = "ticket" });
}

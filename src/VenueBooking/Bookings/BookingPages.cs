using VenueBooking.Accounts;
using VenueBooking.Shared;

namespace VenueBooking.Bookings;

/// <summary>What the pages of this module need, and the ways that lead to them.</summary>
static class BookingPages
{
    /// <summary>Finding goes on with them, up to the ticket.</summary>
    static readonly string[] Finding = ["/Bookings/Slots", "/Bookings/Book"];

    public static IServiceCollection AddBookingPages(this IServiceCollection services) => services
        .AddScoped<BookingPreviews>().AddScoped<FindChoices>().AddScoped<DeskScope>().AddScoped<DeskBook>()
        .AddNav(
            new("nav_home", "/Bookings/Home", null, 0),
            new("nav_find", "/Bookings/Find", null, 1) { Holds = Finding },
            new("nav_bookings", "/Bookings/Mine", Policies.SignedIn, 2),
            new("nav_desk", "/Bookings/Desk", Policies.Desk, 10),
            new("nav_home", "/Bookings/Home", null, 0) { Place = NavPlace.Tab, Icon = "home" },
            new("nav_find", "/Bookings/Find", null, 1) { Place = NavPlace.Tab, Icon = "search", Holds = Finding },
            new("nav_bookings", "/Bookings/Mine", Policies.SignedIn, 2) { Place = NavPlace.Tab, Icon = "ticket" });
}

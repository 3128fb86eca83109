using VenueBooking.Accounts;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

public static class BookingsModule
{
    public static IServiceCollection AddBookings(this IServiceCollection services)
    {
        services.AddSingleton(sp => BookingRules.Of(sp.GetRequiredService<IConfiguration>()));
        services.AddSingleton<BookingPolicy>().AddSingleton<SlotNews>().AddSingleton<SlotCache>().AddSingleton<TicketToken>();
        services.AddSingleton<BookingWriter>().AddHostedService(sp => sp.GetRequiredService<BookingWriter>());
        services.AddSingleton<Availability>().AddSingleton<SlotList>().AddSingleton<SlotStream>();
        services.AddHostedService<SlotChangeFeed>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, BookingJson.Default));
        services.AddScoped<BookSlotHandler>().AddScoped<CancelBookingHandler>().AddScoped<ConfirmBookingHandler>();
        services.AddScoped<CheckInHandler>().AddScoped<WalkInHandler>().AddSingleton<CheckInWindow>().AddSingleton<WalkInSlots>();
        services.AddScoped<Alternatives>().AddScoped<MemberUsageReader>().AddScoped<MemberBookings>().AddScoped<DeskDay>();
        services.AddScoped<BookingCalendar>().AddScoped<CalendarFeeds>().AddScoped<BookingSweep>();
        services.AddScoped<IStandingBookings, BookedSlots>().AddScoped<IMembershipEffect, BookedMembers>().AddScoped<IPersonalData, BookedPersonalData>();
        services.Names(db => db.Set<Booking>().Select(b => new AuditName { Id = b.Id, Name = b.Code }));
        return services.AddBookingNotices().AddBookingPages();
    }

    public static IEndpointRouteBuilder MapBookings(this IEndpointRouteBuilder routes)
    {
        BookingApi.Map(routes);
        SlotStream.Map(routes);
        TicketEndpoints.Map(routes);
        return routes;
    }
}

using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Data;
using VenueBooking.Demo;
using VenueBooking.Jobs;
using VenueBooking.Notices;
using VenueBooking.Shared;
using VenueBooking.Startup;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Venues;
using VenueBooking.Web;

return await Launcher.RunAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = !builder.Environment.IsProduction());

    builder.AddStartup(args);
    builder.Services
        .AddData()
        .AddWeb()
        .AddShared()
        .AddAccounts()
        .AddUnions()
        .AddVenues()
        .AddSupply()
        .AddBookings()
        .AddNotices()
        .AddJobs()
        .AddDemo();

    var app = builder.Build();
    app.Services.BeginModel();
    app.UseWeb();
    app.MapHealth();
    app.MapAccounts();
    app.MapUnions();
    app.MapVenues();
    app.MapSupply();
    app.MapBookings();
    app.MapNotices();
    app.MapJobs();
    return app;
});

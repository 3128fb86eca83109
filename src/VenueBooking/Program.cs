using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Data;
using VenueBooking.Jobs;
using VenueBooking.Notices;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Venues;
using VenueBooking.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);

builder.Services
    .AddData()
    .AddWeb()
    .AddAccounts()
    .AddUnions()
    .AddVenues()
    .AddSupply()
    .AddBookings()
    .AddNotices()
    .AddJobs();

var app = builder.Build();
app.UseWeb();
app.MapAccounts();
app.MapUnions();
app.MapVenues();
app.MapSupply();
app.MapBookings();
app.MapNotices();
app.MapJobs();

await app.RunAsync();

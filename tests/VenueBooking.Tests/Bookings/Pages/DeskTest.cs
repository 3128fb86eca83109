using VenueBooking.Accounts;
using VenueBooking.Tests.Support;
using VenueBooking.Venues;

namespace VenueBooking.Tests.Bookings.Pages;

/// <summary>What tests of the desk share: a hall with one space, and a clerk at its desk.</summary>
public abstract class DeskTest(AppLease lease) : AppTest(lease)
{
    protected Venue Hall { get; private set; } = null!;
    protected Space Space { get; private set; } = null!;
    protected AppUser Clerk { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Hall = await Make.Venue("晨光羽毛球馆");
        Space = await Make.Space(Hall, name: "2号场", maxParty: 4);
        Clerk = await Make.Desk(Hall);
    }

    protected async Task<WebPage> OpenAsync() => await (await App.SignedInAs(Clerk)).Get("/desk");
}

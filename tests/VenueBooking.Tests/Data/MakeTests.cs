using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Bookings;

namespace VenueBooking.Tests.Data;

/// <summary>What other tests are built on holds together.</summary>
public sealed class MakeTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task A_made_booking_is_in_the_database_and_counted_on_its_slot()
    {
        var slot = await Make.Slot(await Make.Space(capacity: 20));

        await Make.Booking(slot, partySize: 3);
        await Make.Booking(slot, state: BookingState.Cancelled);

        Assert.Equal(2, await App.Query(db => db.Set<Booking>().CountAsync()));
        Assert.Equal(3, await App.Scalar<int>("select taken from slots where id = $1", slot.Id));
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task Every_test_begins_with_an_empty_database_on_monday_morning(int run)
    {
        Assert.Equal(0, await App.Query(db => db.Set<AppUser>().CountAsync()));
        Assert.Equal(TestClock.Monday, Clock.Now);
        Assert.Equal(5, await App.Scalar<long>("select count(*) from roles"));

        await Make.Worker(name: $"第{run}");
        Clock.Advance(TimeSpan.FromDays(run));
    }
}

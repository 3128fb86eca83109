using VenueBooking.Bookings;
using VenueBooking.Startup;

namespace VenueBooking.Tests.Demo;

/// <summary>The invented district could be a real one.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Nobody_has_booked_more_than_the_rules_let_one_book()
    {
        await using var app = await App.StartAsync();
        await app.With((IEnumerable<ICommand> all) => all.Single(c => c.Name == "seed").RunAsync(["demo", "--force"], default));
        var rules = new BookingRules();

        Assert.True(await app.Scalar<long>("select count(*) from bookings") > 1_000);
        Assert.Equal(rules.OpenBookings, await app.Scalar<long>(
            "select max(n) from (select count(*) as n from bookings where state = 'booked' and ends_at > $1 group by member_id) members", app.Now));
        Assert.InRange(await app.Scalar<decimal>("""
            select max(minutes) from (
                select sum(extract(epoch from ends_at - starts_at) / 60) as minutes from bookings where state in ('booked', 'checked_in', 'attended', 'no_show')
                group by member_id, activity, date_trunc('week', starts_at at time zone 'Asia/Shanghai')) weeks
            """), 60, rules.WeeklyMinutes);
    }
}

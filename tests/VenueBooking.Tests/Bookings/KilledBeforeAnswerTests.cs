using System.Net;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Bookings;

/// <summary>A service that is killed after a commit leaves what the commit wrote and nothing else: here whatever it writes of a key later is lost.</summary>
public sealed class KilledBeforeAnswerTests(AppLease lease) : AppTest(lease)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await App.Execute("""
            create function lose() returns trigger language plpgsql as $$
            begin
                if exists (select from bookings where xmin = pg_current_xact_id()::xid) then
                    return new;
                end if;
                return null;
            end $$
            """);
        await App.Execute("create trigger lost before update on idempotency_keys for each row execute function lose()");
    }

    public override async Task DisposeAsync()
    {
        await App.Execute("drop function lose() cascade");
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_cancellation_is_answered_as_it_would_have_been_and_told_once()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);

        await AnsweredAlikeAsync(await App.ApiAs(worker), $"/api/v1/bookings/{booking.Id}/cancellation", null);

        Assert.Equal(1L, await App.Scalar<long>("select count(*) from outbox where subject_id = $1 and kind = 'booking_cancelled'", booking.Id));
        Assert.Equal(0, await App.Scalar<int>("select taken from slots where id = $1", booking.SlotId));
    }

    [Fact]
    public async Task A_confirmation_is_answered_as_it_would_have_been()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker, confirmFrom: Clock.Now.AddHours(-1), confirmBy: Clock.Now.AddHours(1));

        await AnsweredAlikeAsync(await App.ApiAs(worker), $"/api/v1/bookings/{booking.Id}/confirmation", null);
    }

    [Fact]
    public async Task A_check_in_is_answered_as_it_would_have_been_and_written_down_once()
    {
        var booking = await Make.Booking(await Make.Slot(startsAt: Clock.Now.AddMinutes(10)), partySize: 2);

        await AnsweredAlikeAsync(await App.ApiAs(await Make.Staff()), "/api/v1/check-ins", new { code = booking.Code, headcount = 1 });

        Assert.Equal(1L, await App.Scalar<long>("select count(*) from audit_entries where subject_id = $1 and action = 'booking.check_in'", booking.Id));
    }

    async Task AnsweredAlikeAsync(ApiClient client, string path, object? body)
    {
        var unheard = await client.Post(path, body, "k1");
        Assert.Equal(HttpStatusCode.OK, unheard.Status);
        foreach (var minutes in (int[])[0, 2])
        {
            Clock.Set(Clock.Now.AddMinutes(minutes));
            var again = await client.Post(path, body, "k1");
            Assert.Equal((HttpStatusCode.OK, unheard.Text), (again.Status, again.Text));
        }
    }
}

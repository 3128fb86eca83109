using VenueBooking.Bookings;
using VenueBooking.Jobs;
using VenueBooking.Supply;
using VenueBooking.Tests.Jobs;

namespace VenueBooking.Tests.Bookings;

/// <summary>What is due is done once, however often a job runs.</summary>
public sealed class BookingJobTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Reminders_go_two_hours_before_and_once()
    {
        var soon = await Make.Booking(await Make.Slot(startsAt: App.Now.AddMinutes(110)), createdAt: App.Now.AddDays(-1));
        await Make.Booking(await Make.Slot(startsAt: App.Now.AddMinutes(130)), createdAt: App.Now.AddDays(-1));
        await Make.Booking(await Make.Slot(startsAt: App.Now.AddMinutes(90)));
        await Make.Booking(await Make.Slot(startsAt: App.Now.AddMinutes(90)), state: BookingState.Cancelled, createdAt: App.Now.AddDays(-1));
        Assert.Equal(1, (await App.BacklogOf<SendReminders>()).Due);
        Assert.Equal((1, 0), await Twice<SendReminders>());
        Assert.Equal(soon.StartsAt, await Told("booking_reminder", soon.Id, "expires_at"));
        Assert.Equal(new Backlog(0, null), await App.BacklogOf<SendReminders>());
    }

    [Fact]
    public async Task Who_booked_long_ahead_is_asked_and_released_without_an_answer()
    {
        var slot = await Make.Slot(startsAt: App.Now.AddHours(47), capacity: 3);
        var (from, by) = (slot.StartsAt.AddHours(-48), slot.StartsAt.AddHours(-24));
        var silent = await Make.Booking(slot, createdAt: App.Now.AddDays(-4), confirmFrom: from, confirmBy: by);
        var worker = await Make.Worker();
        var coming = await Make.Booking(slot, worker, createdAt: App.Now.AddDays(-4), confirmFrom: from, confirmBy: by);
        await Make.Booking(slot);
        Assert.Equal((2, 0), await Twice<AskReconfirmation>());
        Assert.Equal((0, 0), await Twice<ReleaseUnconfirmed>());
        var confirmed = await (await App.ApiAs(worker)).Post($"/api/v1/bookings/{coming.Id}/confirmation");
        Assert.Equal(("booked", App.Now), (confirmed["state"].GetString(), confirmed["confirmedAt"].GetDateTimeOffset()));
        Clock.Set(by.AddMinutes(1));
        Assert.Equal((1, 0), await Twice<ReleaseUnconfirmed>());
        Assert.Equal("released", await State(silent.Id));
        Assert.Equal("booked", await State(coming.Id));
        Assert.Equal(2, await App.Scalar<int>("select taken from slots where id = $1", slot.Id));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from outbox where kind = 'booking_released' and subject_id = $1", silent.Id));
    }

    [Fact]
    public async Task Nobody_there_a_quarter_of_an_hour_after_the_start_frees_the_place()
    {
        var slot = await Make.Slot(startsAt: App.Now.AddHours(1), capacity: 5);
        var absent = await Make.Booking(slot, partySize: 2);
        var present = await Make.Booking(slot, state: BookingState.CheckedIn);
        Clock.Set(slot.StartsAt.AddMinutes(14));
        Assert.Equal((0, 0), await Twice<MarkNoShows>());
        Clock.Set(slot.StartsAt.AddMinutes(15));
        Assert.Equal((1, 0), await Twice<MarkNoShows>());
        Assert.Equal("no_show", await State(absent.Id));
        Assert.Equal(1, await App.Scalar<int>("select taken from slots where id = $1", slot.Id));
        Clock.Set(slot.EndsAt);
        Assert.Equal((1, 0), await Twice<CloseAttended>());
        Assert.Equal("attended", await State(present.Id));
        Assert.Equal((1, 0), await Twice<ClosePastSlots>());
    }

    [Fact]
    public async Task Guests_are_forgotten_by_name_after_a_month()
    {
        var old = await Make.Booking(await Make.Slot(startsAt: App.Now.AddDays(-31)), state: BookingState.Attended);
        var recent = await Make.Booking(await Make.Slot(startsAt: App.Now.AddDays(-29)), state: BookingState.Attended);
        await App.Execute("update bookings set member_id = null, guest_name = '孙来客'");

        Assert.Equal((1, 0), await Twice<ForgetGuests>());

        Assert.Equal(recent.Id, await App.Scalar<Guid>("select id from bookings where guest_name is not null"));
        Assert.Equal("attended", await State(old.Id));
    }

    [Fact]
    public async Task Two_instances_at_once_tell_nobody_twice()
    {
        for (var i = 0; i < 25; i++)
            await Make.Booking(await Make.Slot(startsAt: App.Now.AddMinutes(100)), createdAt: App.Now.AddDays(-1));
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => App.With((SendReminders job) => job.RunAsync(default))));
        Assert.Equal(25, done.Sum());
        Assert.Equal(25, await App.Scalar<long>("select count(*) from outbox where kind = 'booking_reminder'"));
    }

    async Task<(int First, int Second)> Twice<TJob>() where TJob : class, IRecurringJob =>
        (await App.With((TJob job) => job.RunAsync(default)), await App.With((TJob job) => job.RunAsync(default)));

    Task<string> State(Guid booking) => App.Scalar<string>("select state from bookings where id = $1", booking);

    async Task<DateTimeOffset> Told(string kind, Guid booking, string column) =>
        new(await App.Scalar<DateTime>($"select {column} from outbox where kind = $1 and subject_id = $2", kind, booking));
}

using VenueBooking.Supply;
using VenueBooking.Tests.Jobs;

namespace VenueBooking.Tests.Supply;

/// <summary>Hours that nobody booked go back to the venue at their deadline, and only those.</summary>
public sealed class HandBackTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task Unused_returnable_hours_go_back_at_their_deadline_and_what_they_save_is_written_down()
    {
        var (_, _, agreement) = await Running(a => (a.ReturnHours, a.ReturnPercent) = (48, 75));
        var slots = await SlotsOf(agreement);
        await Make.Booking(slots[2]);
        await Make.Staff();
        Clock.Set(slots[3].StartsAt.AddHours(-48));
        var due = await App.BacklogOf<HandBack>();

        var done = await App.With((HandBack job) => job.RunAsync(default));
        var again = await App.With((HandBack job) => job.RunAsync(default));

        Assert.Equal((1, 1, 0), (due.Due, done, again));
        var after = await SlotsOf(agreement);
        Assert.Equal([SlotState.Open, SlotState.Open, SlotState.Open, SlotState.HandedBack, SlotState.Open], after.Take(5).Select(s => s.State));
        Assert.Equal((4500, Clock.Now), (after[3].SavedFen, after[3].HandedBackAt));
        // What did not come back was spent all the same.
        var sums = await App.With((AgreementWeeks w) => w.SumsAsync(agreement.Id, default));
        Assert.Equal((7, 7 * 6000 + 1500, 4500), (sums.Slots, sums.PriceFen, sums.SavedFen));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'slots.hand_back'"));
        // One note for each of staff: the one who publishes here, and one more.
        Assert.Equal(2, await App.Scalar<long>("select count(*) from outbox where kind = 'hours_handed_back'"));
    }

    [Fact]
    public async Task Hours_whose_deadline_lay_behind_when_they_were_published_never_go_back()
    {
        var agreement = await Draft(await Make.Space(), a => a.ReturnHours = 48);
        var staff = await App.SignedInAs(await Make.Staff());
        Assert.Contains("有 2 个时段离开始已不到 48 小时", (await staff.Get($"/staff/agreements/{agreement.Id}/publication")).Text);
        await Publish(agreement);

        Assert.Equal((0, 0), ((await App.BacklogOf<HandBack>()).Due, await App.With((HandBack job) => job.RunAsync(default))));
        Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(0, await App.With((HandBack job) => job.RunAsync(default)));

        Assert.All(await SlotsOf(agreement), s => Assert.Equal((SlotState.Open, null), (s.State, s.SavedFen)));
        Assert.Equal([null, null, 48.0], (await SlotsOf(agreement)).Take(3).Select(s => (s.StartsAt - s.ReturnBy)?.TotalHours));
    }

    [Fact]
    public async Task Kept_slots_that_a_longer_deadline_makes_too_late_to_go_back_are_counted_before_it_is_confirmed()
    {
        var (staff, _, agreement) = await Running(a => a.ReturnHours = 1);
        await App.Execute("update slots set state = 'closed', closed_by_staff = true where id = $1", (await SlotsOf(agreement))[3].Id);
        var edit = await staff.Get($"/staff/agreements/{agreement.Id}/edit");
        Assert.DoesNotContain("过了退还期限", edit.Text);

        // Tuesday's two slots, and of the two a week later the one that is open.
        var shown = await edit.Press("预览时段", ("可退还", "240"));
        Assert.Contains("有 3 个时段离开始已不到 240 小时", shown.Text);
        await shown.Press("确认变更");

        Assert.Equal(3, (await SlotsOf(agreement)).Count(s => s is { State: SlotState.Open, ReturnBy: null }));
    }

    [Fact]
    public async Task What_is_booked_at_its_deadline_and_cancelled_after_it_does_not_go_back()
    {
        var (_, _, agreement) = await Running(a => a.ReturnHours = 48);
        var slot = (await SlotsOf(agreement))[2];
        await Make.Booking(slot);
        Clock.Set(slot.StartsAt.AddHours(-48));
        Assert.Equal(0, await App.With((HandBack job) => job.RunAsync(default)));
        await App.Execute("update bookings set state = 'cancelled'");
        await App.Execute("update slots set taken = 0");

        Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(0, await App.With((HandBack job) => job.RunAsync(default)));
        Assert.Equal("open", await StateOf(slot.Id));
    }
}

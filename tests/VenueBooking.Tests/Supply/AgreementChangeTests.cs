using System.Net;
using VenueBooking.Supply;
using VenueBooking.Tests.Support;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Tests.Supply;

/// <summary>What happens to slots and bookings when an agreement changes under them.</summary>
public sealed class AgreementChangeTests(AppLease lease) : SupplyTest(lease)
{
    Task<long> Cancelled() => App.Scalar<long>("select count(*) from bookings where state = 'cancelled'");
    Task<long> Notices() => App.Scalar<long>("select count(*) from outbox where kind = 'booking_closed'");

    [Fact]
    public async Task Price_and_terms_change_for_what_has_not_begun_and_bookings_stay()
    {
        var (staff, _, agreement) = await Running();
        var slots = await SlotsOf(agreement);
        await Make.Booking(slots[2]);
        Clock.Set(slots[1].StartsAt.AddMinutes(5));
        staff = await App.SignedInAs(await Make.Staff());
        var edit = await staff.Get($"/staff/agreements/{agreement.Id}/edit");

        var shown = await edit.Press("预览时段", ("每小时价格", "90"), ("停止取消", "5"));
        Assert.Contains("其中 6 个改价格、容量或规则", shown.Text);
        Assert.Contains("+¥180.00", shown.Text);
        var done = await shown.Press("确认变更");
        Assert.Contains("保留的有 6 个改了价格、容量或规则；金额变化 +¥180.00", done.Text);

        var after = await SlotsOf(agreement);
        Assert.Equal([6000, 6000, 9000, 9000, 9000, 9000, 9000, 9000], after.Select(s => s.PriceFen));
        Assert.Equal(after[2].StartsAt.AddHours(-5), after[2].CancelUntil);
        Assert.Equal(slots.Select(s => s.Id), after.Select(s => s.Id));
        Assert.Equal(0, await Cancelled());
    }

    [Fact]
    public async Task Terms_alone_change_every_slot_that_is_kept_and_no_amount()
    {
        var (_, _, agreement) = await Running();
        var staff = await App.SignedInAs(await Make.Staff(), "en");
        var edit = await staff.Get($"/staff/agreements/{agreement.Id}/edit");
        Assert.DoesNotContain("with another price", edit.Text);

        var shown = await edit.Press("Preview the slots", ("Form.CancelHours", "5"));

        Assert.Contains("8 of them with another price, size or terms", shown.Text);
        Assert.Contains("8 kept with another price, size or terms; amount ¥0.00", (await shown.Press("Confirm the change")).Text);
    }

    [Fact]
    public async Task A_space_out_of_use_gets_no_slots_by_a_longer_agreement_and_none_are_opened_there()
    {
        var (staff, space, agreement) = await Running();
        var slot = (await SlotsOf(agreement))[0];
        await App.Execute("update slots set state = 'closed', closed_by_staff = true where id = $1", slot.Id);
        await App.Execute("update spaces set retired_at = now() where id = $1", space.Id);

        var extended = await (await staff.Get($"/staff/agreements/{agreement.Id}/extension?endsOn=2026-07-07")).Press("续期到");
        Assert.Equal(HttpStatusCode.Conflict, extended.Status);
        Assert.Contains("已停用", extended.Text);
        var opened = await (await (await WeekOf(staff, agreement, "2026-06-01")).Press("重新开放", (slot.Id.ToString(), "true"))).Press("重新开放");
        Assert.Equal(HttpStatusCode.Conflict, opened.Status);
        Assert.Contains("已停用的场地或场馆", opened.Text);

        Assert.Equal("closed", await StateOf(slot.Id));
        Assert.Equal(8, (await SlotsOf(agreement)).Count);
    }

    [Fact]
    public async Task A_moved_block_shows_who_is_hit_and_then_withdraws_cancels_and_tells()
    {
        var (staff, _, agreement) = await Running();
        var slots = await SlotsOf(agreement);
        await Make.Booking(slots[0], await Make.Worker(name: "王小明"));
        var edit = await staff.Get($"/staff/agreements/{agreement.Id}/edit");

        var shown = await edit.Press("预览时段", ("从", "20:00"), ("到", "22:00"));
        Assert.Contains("王小明", shown.Text);
        Assert.Contains("1 个预约会被取消", shown.Text);
        Assert.Equal("open", await StateOf(slots[0].Id));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'booking.view'"));
        await shown.Press("确认变更", ("给会员的话", "场地改期"));

        Assert.Equal("withdrawn", await StateOf(slots[0].Id));
        Assert.Equal((1L, 1L), (await Cancelled(), await Notices()));
        Assert.Equal(0, await App.Scalar<int>("select taken from slots where id = $1", slots[0].Id));
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where state = 'open'"));
    }

    [Fact]
    public async Task Extending_writes_the_new_weeks_and_leaves_the_old()
    {
        var (staff, _, agreement) = await Running();
        var shown = await staff.Get($"/staff/agreements/{agreement.Id}/extension?endsOn=2026-07-07");
        Assert.Contains("续期到 7月7日", shown.Text);
        var done = await shown.Press("续期到");
        Assert.Contains("新增 4 个时段", done.Body);
        Assert.Equal(12, (await SlotsOf(agreement)).Count(s => s.State == SlotState.Open));
        Assert.Equal(new DateOnly(2026, 7, 7), (await Reload(agreement)).EndsOn);
    }

    [Fact]
    public async Task Terminating_withdraws_what_comes_after_the_last_day_and_tells_who_had_booked()
    {
        var (staff, _, agreement) = await Running();
        var slots = await SlotsOf(agreement);
        await Make.Booking(slots[0]);
        await Make.Booking(slots[7], await Make.Worker(name: "王小明"));
        var shown = await staff.Get($"/staff/agreements/{agreement.Id}/termination?lastDay=2026-06-09");
        Assert.Contains("撤下 4 个时段", shown.Text);
        Assert.Contains("王小明", shown.Text);

        var without = await shown.Press("终止协议");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        await shown.Press("终止协议", ("原因", "场馆停业"));

        Assert.Equal((AgreementState.Terminated, "场馆停业"), ((await Reload(agreement)).State, (await Reload(agreement)).TerminatedReason));
        Assert.Equal((4, 4), ((await SlotsOf(agreement)).Count(s => s.State == SlotState.Open), (await SlotsOf(agreement)).Count(s => s.State == SlotState.Withdrawn)));
        Assert.Equal((1L, 1L), (await Cancelled(), await Notices()));
        Assert.Equal("""{"cancelled": 1, "withdrawn": 4}""", await App.Scalar<string>("select (after -> 'effect')::text from audit_entries where action = 'agreement.terminate'"));
    }

    [Fact]
    public async Task A_last_day_out_of_range_is_refused_with_the_day_as_people_say_it()
    {
        var (staff, _, agreement) = await Running();

        var refused = await staff.Get($"/staff/agreements/{agreement.Id}/termination?lastDay=2030-01-01");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Matches("最后一天要在昨天和 [0-9]+月[0-9]+日 之间", refused.Text);
    }

    [Fact]
    public async Task Single_slots_are_closed_opened_and_withdrawn_after_showing_who_is_hit()
    {
        var (staff, _, agreement) = await Running();
        var slot = (await SlotsOf(agreement))[0];
        await Make.Booking(slot, await Make.Worker(name: "王小明"));

        var ask = await (await WeekOf(staff, agreement, "2026-06-01")).Press("关闭", (slot.Id.ToString(), "true"));
        Assert.Contains("王小明", ask.Text);
        Assert.Equal("open", await StateOf(slot.Id));
        await ask.Press("关闭");
        Assert.Equal("closed", await StateOf(slot.Id));
        Assert.Equal((1L, 1L), (await Cancelled(), await Notices()));

        await (await (await WeekOf(staff, agreement, "2026-06-01")).Press("重新开放", (slot.Id.ToString(), "true"))).Press("重新开放");
        Assert.Equal("open", await StateOf(slot.Id));

        await (await (await WeekOf(staff, agreement, "2026-06-01")).Press("撤下", (slot.Id.ToString(), "true"))).Press("撤下");
        Assert.Equal("withdrawn", await StateOf(slot.Id));
    }

    [Fact]
    public async Task A_slot_that_was_withdrawn_does_not_come_back_with_a_change()
    {
        var (staff, _, agreement) = await Running();
        var slot = (await SlotsOf(agreement))[7];
        await (await (await WeekOf(staff, agreement, "2026-06-22")).Press("撤下", (slot.Id.ToString(), "true"))).Press("撤下");

        var shown = await (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Press("预览时段", ("每小时价格", "70"));
        Assert.Contains("先前已撤下或退还：1 个", shown.Text);
        await shown.Press("确认变更");

        Assert.Equal(7, (await SlotsOf(agreement)).Count(s => s.State == SlotState.Open));
    }

    static async Task<WebPage> WeekOf(Visitor staff, Agreement agreement, string monday)
    {
        var page = await staff.Get($"/staff/agreements/{agreement.Id}?week={monday}");
        foreach (var box in page.All("input[name=slot]"))
            box.SetAttribute("aria-label", box.GetAttribute("value")!);
        return page;
    }

    [Fact]
    public async Task A_closure_closes_cancels_and_tells_and_lifting_it_opens_only_what_it_closed()
    {
        var (_, space, agreement) = await Running();
        var slots = await SlotsOf(agreement);
        await Make.Booking(slots[0], await Make.Worker(name: "王小明"));
        await App.Execute("update slots set state = 'closed', closed_by_staff = true where id = $1", slots[1].Id);
        var facts = new ClosureFacts(null, slots[0].StartsAt.AddHours(-1), slots[3].EndsAt, "检修");

        var preview = await App.With((Closures c) => c.PreviewAsync(space.VenueId, facts, default));
        Assert.Equal((3, "王小明"), (preview.Value!.Slots, Assert.Single(preview.Value.People).Name));
        var closed = await App.With((Closures c) => c.ApplyAsync(space.VenueId, facts, preview.Value.Digest, default));
        Assert.False(closed.IsRefused);
        Assert.Equal([SlotState.Closed, SlotState.Closed, SlotState.Closed, SlotState.Closed, SlotState.Open], (await SlotsOf(agreement)).Take(5).Select(s => s.State));
        Assert.Equal((1L, 1L), (await Cancelled(), await Notices()));

        await App.With((Closures c) => c.LiftAsync(space.VenueId, closed.Value!.Closure.Id, default));
        Assert.Equal([SlotState.Open, SlotState.Closed, SlotState.Open, SlotState.Open, SlotState.Open], (await SlotsOf(agreement)).Take(5).Select(s => s.State));
    }

    [Fact]
    public async Task An_agreement_past_its_end_is_ended()
    {
        var (_, _, agreement) = await Running();
        Clock.Set(SiteTime.At(LastTuesday, new(23, 0)));
        Assert.Equal(0, await App.With((CloseAgreements job) => job.RunAsync(default)));
        Clock.Set(SiteTime.At(LastTuesday.AddDays(1), new(0, 5)));
        Assert.Equal(1, await App.With((CloseAgreements job) => job.RunAsync(default)));
        Assert.Equal(AgreementState.Ended, (await Reload(agreement)).State);
    }
}

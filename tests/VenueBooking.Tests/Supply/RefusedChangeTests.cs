using System.Net;
using VenueBooking.Supply;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Supply;

/// <summary>Changes of a running agreement that are not made: what was seen is not what would happen, or what is booked stands against it.</summary>
public sealed class RefusedChangeTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task Terms_other_than_those_shown_are_not_taken()
    {
        var (_, _, agreement) = await Running();
        var staff = await App.SignedInAs(await Make.Staff(), "en");
        var shown = await (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Press("Preview the slots", ("Form.CancelHours", "5"));

        Assert.Equal(HttpStatusCode.Conflict, (await shown.Press("Confirm the change", ("Form.CancelHours", "6"))).Status);

        Assert.Equal(agreement.CancelHours, (await Reload(agreement)).CancelHours);
    }

    [Fact]
    public async Task A_price_that_was_not_shown_is_not_changed()
    {
        var (staff, _, agreement) = await Running();
        var edit = await staff.Get($"/staff/agreements/{agreement.Id}/edit");

        var refused = await RefusedAsync(edit, ("每小时价格", "90"));

        Assert.Contains("其中 8 个改价格、容量或规则", refused.Text);
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where price_fen = 6000"));
        await refused.Press("确认变更");
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where price_fen = 9000"));
    }

    [Fact]
    public async Task A_booking_made_after_the_preview_stops_the_change()
    {
        var (staff, _, agreement) = await Running();
        var edit = await staff.Get($"/staff/agreements/{agreement.Id}/edit");
        var shown = await edit.Press("预览时段", ("从", "20:00"), ("到", "22:00"));
        await Make.Booking((await SlotsOf(agreement))[0], await Make.Worker(name: "刚刚来的"));

        var refused = await RefusedAsync(shown);

        Assert.Contains("刚刚来的", refused.Text);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from bookings where state = 'cancelled'"));
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where state = 'open'"));
    }

    [Fact]
    public async Task Places_cannot_be_fewer_than_are_booked()
    {
        var space = await Make.Space(capacity: 10);
        var agreement = await Draft(space, block: b => b.Capacity = 10);
        await Publish(agreement);
        await Make.Booking((await SlotsOf(agreement))[0], partySize: 4);
        var staff = await App.SignedInAs(await Make.Staff());
        var shown = await (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Press("预览时段", ("每个时段容量", "3"));

        var refused = await RefusedAsync(shown);

        Assert.Contains("已有 4 个名额被预约", refused.Text);
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where capacity = 10"));
    }

    [Theory]
    [InlineData(1, "20", 6)]
    [InlineData(20, "1", 1)]
    [InlineData(20, "1", 6)]
    public async Task What_is_booked_does_not_change_between_a_whole_and_places(int before, string after, int people)
    {
        var space = await Make.Space(capacity: 20);
        await App.Execute("update spaces set max_party = 8 where id = $1", space.Id);
        var agreement = await Draft(space, block: b => b.Capacity = before);
        await Publish(agreement);
        await Make.Booking((await SlotsOf(agreement))[0], partySize: people);
        var staff = await App.SignedInAs(await Make.Staff());
        var shown = await (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Press("预览时段", ("每个时段容量", after));
        Assert.Contains("不能在整场和按名额之间改换", shown.One("#plan .notice-error").TextContent);

        var refused = await RefusedAsync(shown);

        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where capacity = $1", before));
        await App.Execute("update bookings set state = 'cancelled', end_reason = 'by_member', ended_at = now()");
        await App.Execute("update slots set taken = 0");
        await refused.Press("确认变更");
        Assert.Equal(0, await App.Scalar<long>("select count(*) from slots where capacity = $1", before));
    }

    [Fact]
    public async Task A_number_that_another_agreement_has_is_refused_with_the_form_as_typed_and_changes_nothing()
    {
        var (staff, space, agreement) = await Running();
        await Draft(space, a => a.Number = "购-7");
        var slots = await SlotsOf(agreement);
        await Make.Booking(slots[0], await Make.Worker(name: "王小明"));
        (string, object)[] typed = [("协议编号", "购-7"), ("从", "20:00"), ("到", "22:00")];
        var shown = await (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Press("预览时段", typed);

        var refused = await RefusedAsync(shown);

        Assert.Contains("这个协议编号已经有了", refused.Text);
        Assert.Contains("王小明", refused.Text);
        Assert.Equal("购-7", refused.One("[name='Form.Number']").GetAttribute("value"));
        Assert.Equal(slots.Select(s => s.Id), (await SlotsOf(agreement)).Where(s => s.State == SlotState.Open).Select(s => s.Id));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from bookings where state = 'cancelled'"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from audit_entries where action = 'agreement.change'"));
    }

    [Fact]
    public async Task The_last_block_cannot_be_left_out_of_what_runs()
    {
        var (staff, _, agreement) = await Running();

        var refused = await (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Press("确认变更", ("Form.Blocks[0].Remove", "true"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("至少要留一个时段块", refused.Text);
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots where state = 'open'"));
    }

    [Fact]
    public async Task Where_one_number_alone_is_possible_it_is_named()
    {
        var (staff, _, agreement) = await Running();

        var shown = await (await staff.Get($"/staff/agreements/{agreement.Id}/edit")).Press("预览时段", ("每个时段容量", "8"));

        Assert.Contains("这里只能填 1。", shown.One("#plan").TextContent);
    }

    static async Task<WebPage> RefusedAsync(WebPage shown, params (string Label, object Value)[] fields)
    {
        var refused = await shown.Press("确认变更", fields);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        return refused;
    }
}

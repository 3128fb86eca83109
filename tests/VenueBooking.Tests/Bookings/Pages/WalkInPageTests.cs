using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Bookings;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings.Pages;

/// <summary>Who stands at the desk without a booking.</summary>
public sealed class WalkInPageTests(AppLease lease) : DeskTest(lease)
{
    [Fact]
    public async Task Walk_in_is_registered_and_checked_in()
    {
        var slot = await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var form = await (await OpenAsync()).Follow("现场登记");

        var done = await form.Press("登记并签到", ("会员卡号，或来客姓名", "孙来客"), ("人数", "2"));

        Assert.Contains("孙来客\u00a0· 2 人", done.One(".result-good").TextContent);
        var booking = await App.Query(db => db.Set<Booking>().SingleAsync());
        Assert.Equal((slot.Id, BookingState.CheckedIn, true), (booking.SlotId, booking.State, booking.WalkIn));
        var let = await App.Scalar<string>("select after::text from audit_entries where action = 'booking.walk_in' and subject_id = $1 and actor_id = $2", booking.Id, Clerk.Id);
        Assert.Contains("\"partySize\": 2", let, StringComparison.Ordinal);
        Assert.DoesNotContain("孙来客", let, StringComparison.Ordinal);
        var log = await (await App.SignedInAs(await Make.Admin())).Get("/admin/audit?what=booking.walk_in");
        Assert.Contains("晨光羽毛球馆\u00a0· 2号场\u00a0· 6月1日", log.One("main tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("编号", log.One("main tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Walk_in_finds_a_member_by_the_card_however_it_is_typed()
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var member = await Make.Worker(name: "赵小兰");
        await App.Execute("update memberships set card_number = 'BJ-1024' where user_id = $1", member.Id);
        var form = await (await OpenAsync()).Follow("现场登记");

        var unknown = await form.Press("登记并签到", ("会员卡号，或来客姓名", "bj-1025"));
        Assert.Contains("没有这个卡号的会员", unknown.One("#Person-error").TextContent, StringComparison.Ordinal);
        var done = await form.Press("登记并签到", ("会员卡号，或来客姓名", " bj-１０ 24 "));

        Assert.Contains("赵小兰", done.One(".result-good").TextContent);
        Assert.Equal(member.Id, (await App.Query(db => db.Set<Booking>().SingleAsync())).MemberId);
    }

    [Fact]
    public async Task Walk_in_of_a_member_keeps_the_daily_cap_of_the_union()
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var union = await Make.GrassrootsUnion(dailyCap: 3);
        await Make.Booking(await Make.Slot(startsAt: Clock.Now.AddHours(4)), await Make.Worker(union), partySize: 2);
        var member = await Make.Worker(union);
        var card = await App.Scalar<string>("select card_number from memberships where user_id = $1", member.Id);
        var form = await (await OpenAsync()).Follow("现场登记");

        var refused = await form.Press("登记并签到", ("会员卡号，或来客姓名", card), ("人数", "2"));
        Assert.Equal((HttpStatusCode.Conflict, "union_day_full"), (refused.Status, refused.One("[data-code]").GetAttribute("data-code")));
        var done = await refused.Press("登记并签到", ("会员卡号，或来客姓名", card), ("人数", "1"));

        Assert.Single(done.All(".result-good"));
    }

    [Fact]
    public async Task Walk_in_into_a_slot_that_is_over_is_told_when_it_ended()
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-50));
        var form = await (await OpenAsync()).Follow("现场登记");
        Clock.Advance(TimeSpan.FromMinutes(11));

        var refused = await form.Press("登记并签到", ("会员卡号，或来客姓名", "孙来客"));

        Assert.Contains("这个时段已于 6月1日 周一 10:10 结束", refused.Text);
    }

    [Fact]
    public async Task Walk_in_is_offered_what_runs_or_starts_within_the_hour_and_nothing_later()
    {
        var (running, soon, later) = (await Make.Slot(Space, Clock.Now.AddMinutes(-10)), await Make.Slot(Space, Clock.Now.AddMinutes(60)), await Make.Slot(Space, Clock.Now.AddMinutes(121)));
        var form = await (await OpenAsync()).Follow("现场登记");

        Assert.Equal([running.Id.ToString(), soon.Id.ToString()], form.All("#Slot option[value]").Select(o => o.GetAttribute("value")).Where(v => v is { Length: > 0 }));
        Assert.Contains("1 小时内开始", form.Text, StringComparison.Ordinal);
        Clock.Set(later.StartsAt.AddHours(-1));
        form = await (await App.SignedInAs(Clerk)).Get($"/desk/walk-in?venue={Hall.Id}");
        Clock.Set(later.StartsAt.AddMinutes(-61));
        var refused = await form.Press("登记并签到", ("Slot", later.Id.ToString()), ("Person", "孙来客"));
        Assert.Equal((HttpStatusCode.Conflict, "walk_in_too_early"), (refused.Status, refused.One("[data-code]").GetAttribute("data-code")));
        Assert.Contains("6月1日 周一 11:01 起才能登记", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Walk_in_before_midnight_is_offered_what_starts_after_it_and_stands_on_the_list_of_that_day()
    {
        var slot = await Make.Slot(Space, Clock.Now.AddMinutes(14 * 60 + 30));
        Clock.Set(slot.StartsAt.AddMinutes(-45));
        var form = await (await OpenAsync()).Follow("现场登记");
        Assert.Contains("周二\u00a0· 00:30–01:30", form.One($"option[value='{slot.Id}']").TextContent, StringComparison.Ordinal);

        var done = await form.Press("登记并签到", ("Slot", slot.Id.ToString()), ("会员卡号，或来客姓名", "孙来客"));

        Assert.Contains("孙来客", done.One(".result-good").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Walk_in_with_the_card_of_somebody_whom_the_union_turned_down_is_with_a_card_that_no_member_has()
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var person = await Make.UnverifiedWorker(name: "赵小兰", cardNumber: "BJ-1024");
        await App.Execute("update memberships set rejected_at = now(), rejected_reason = '不在册' where user_id = $1", person.Id);

        var refused = await (await (await OpenAsync()).Follow("现场登记")).Press("登记并签到", ("会员卡号，或来客姓名", "BJ-1024"));

        Assert.Contains("没有这个卡号的会员", refused.One("#Person-error").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", false, "资格还没有认证"), InlineData("en", false, "is not verified yet"), InlineData("zh-CN", true, "资格已经终止"), InlineData("en", true, "has ended")]
    public async Task Walk_in_with_the_card_of_somebody_who_is_no_member_yet_or_no_more_says_which_and_does_not_say_who(string language, bool ended, string said)
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var person = await Make.UnverifiedWorker(name: "赵小兰", cardNumber: "BJ-1024");
        if (ended)
            await App.Execute("update memberships set state = 'ended', ended_at = now() where user_id = $1", person.Id);
        var form = await (await App.SignedInAs(Clerk, language)).Get($"/desk/walk-in?venue={Hall.Id}");

        var refused = await form.Press(language == "en" ? "Register and check in" : "登记并签到", ("Person", "bj-1024"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(said, refused.One("#Person-error").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("赵小兰", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Query(db => db.Set<Booking>().CountAsync()));
    }

    [Theory]
    [InlineData(false, "zh-CN", "already_booked", "这位会员已经预约了这个时段")]
    [InlineData(false, "en", "already_booked", "This member has booked this slot already")]
    [InlineData(true, "zh-CN", "own_clash", "和这位会员")]
    [InlineData(true, "en", "own_clash", "this member’s booking")]
    public async Task Walk_in_that_is_refused_speaks_to_the_desk_and_not_to_the_member(bool elsewhere, string language, string code, string said)
    {
        var slot = await Make.Slot(await Make.Space(Hall, capacity: 10), Clock.Now.AddMinutes(10));
        var member = await Make.Worker();
        await Make.Booking(elsewhere ? await Make.Slot(startsAt: slot.StartsAt) : slot, member);
        var card = await App.Scalar<string>("select card_number from memberships where user_id = $1", member.Id);
        var form = await (await App.SignedInAs(Clerk, language)).Get($"/desk/walk-in?venue={Hall.Id}");

        var refused = await form.Press(language == "en" ? "Register and check in" : "登记并签到", ("Person", card));

        Assert.Equal(code, refused.One("[data-code]").GetAttribute("data-code"));
        Assert.Contains(said, refused.One("[data-code]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Walk_in_form_sent_twice_is_written_down_once()
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var form = await (await OpenAsync()).Follow("现场登记");

        await form.Press("登记并签到", ("会员卡号，或来客姓名", "孙来客"));
        await form.Press("登记并签到", ("会员卡号，或来客姓名", "孙来客"));

        Assert.Equal(1, await App.Query(db => db.Set<AuditEntry>().CountAsync(e => e.Action == "booking.walk_in")));
    }

    [Theory]
    [InlineData("孙来客", "李来客"), InlineData("孙来客", "BJ-1024"), InlineData("BJ-1024", "孙来客"), InlineData("BJ-1024", "BJ-1025")]
    public async Task Walk_in_form_used_already_lets_in_nobody_else_until_pressed_once_more(string first, string second)
    {
        await Make.Slot(await Make.Space(Hall, capacity: 10), Clock.Now.AddMinutes(-10));
        foreach (var card in new[] { "BJ-1024", "BJ-1025" })
            await App.Execute("update memberships set card_number = $2 where user_id = $1", (await Make.Worker()).Id, card);
        var form = await (await OpenAsync()).Follow("现场登记");
        await form.Press("登记并签到", ("会员卡号，或来客姓名", first));

        var refused = await form.Press("登记并签到", ("会员卡号，或来客姓名", second));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (refused.Status, refused.One("[data-code]").GetAttribute("data-code")));
        Assert.Contains("这张登记表已经用过", refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, await App.Query(db => db.Set<Booking>().CountAsync()));
        Assert.Single((await refused.Press("登记并签到")).All(".result-good"));
        Assert.Equal(2, await App.Query(db => db.Set<Booking>().CountAsync()));
    }

    [Fact]
    public async Task Walk_in_without_a_venue_asks_for_it_where_there_is_a_choice()
    {
        var one = await (await App.SignedInAs(Clerk)).Get("/desk/walk-in");
        Assert.Equal($"/desk/walk-in?venue={Hall.Id}", one.Path);

        await Make.Venue("第二体育馆");
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var choice = await (await App.SignedInAs(await Make.Staff())).Get("/desk/walk-in");
        var form = await choice.Press("继续", ("场馆", "晨光羽毛球馆"));

        Assert.Contains("2号场", form.Text);
    }

    [Fact]
    public async Task Walk_in_form_says_what_is_missing()
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var form = await (await OpenAsync()).Follow("现场登记");

        var refused = await form.Press("登记并签到", ("人数", "two"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请输入会员卡号或姓名", refused.One("#Person-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("请填 1 到 4 之间的整数", refused.One("#Party-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await App.Query(db => db.Set<Booking>().CountAsync()));
    }

    [Theory]
    [InlineData("zh-CN", "7.5", "请填 1 到 4 之间的整数"), InlineData("en", "7.5", "Give a whole number from 1 to 4")]
    [InlineData("zh-CN", "99", "请填 1 到 4 之间的整数"), InlineData("en", "", "This is needed")]
    public async Task Walk_in_says_at_the_field_how_many_people_can_be_and_keeps_what_was_typed(string language, string people, string said)
    {
        var late = await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        await Make.Slot(await Make.Space(Hall, capacity: 10), Clock.Now.AddMinutes(-20));
        var form = await (await App.SignedInAs(Clerk, language)).Get($"/desk/walk-in?venue={Hall.Id}");

        var refused = await form.Press(language == "en" ? "Register and check in" : "登记并签到", ("Slot", late.Id.ToString()), ("Person", "孙来客"), ("Party", people));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(said, refused.One("#Party-error").TextContent, StringComparison.Ordinal);
        Assert.Empty(refused.All("[data-code]"));
        Assert.Equal((people, "孙来客", late.Id.ToString()), (refused.One("#Party").GetAttribute("value"), refused.One("#Person").GetAttribute("value"),
            refused.One("#Slot option[selected]").GetAttribute("value")));
    }

    [Theory]
    [InlineData("zh-CN", "bj-1025", "1", HttpStatusCode.UnprocessableEntity, "没有这个卡号的会员")]
    [InlineData("zh-CN", "孙来客", "many", HttpStatusCode.UnprocessableEntity, "所选时段已不在空闲时段里")]
    [InlineData("en", "Sun", "9999", HttpStatusCode.UnprocessableEntity, "The time you chose is no longer free")]
    [InlineData("zh-CN", "", "1", HttpStatusCode.UnprocessableEntity, "请输入会员卡号或姓名")]
    public async Task Walk_in_says_what_is_wrong_also_where_the_last_slot_filled_up_meanwhile(string language, string person, string people, HttpStatusCode status, string said)
    {
        var slot = await Make.Slot(Space, Clock.Now.AddMinutes(10));
        var form = await (await App.SignedInAs(Clerk, language)).Get($"/desk/walk-in?venue={Hall.Id}");
        await Make.Booking(slot);

        var refused = await form.Press(language == "en" ? "Register and check in" : "登记并签到", ("Person", person), ("Party", people));

        Assert.Equal(status, refused.Status);
        Assert.Contains(language == "en" ? "Nothing is free right now" : "眼下没有空闲时段", refused.Text, StringComparison.Ordinal);
        Assert.Contains(said, refused.One(".errors").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("2000", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Walk_in_takes_what_a_Chinese_keyboard_makes_of_a_number()
    {
        await Make.Slot(Space, Clock.Now.AddMinutes(-10));
        var form = await (await OpenAsync()).Follow("现场登记");

        var done = await form.Press("登记并签到", ("会员卡号，或来客姓名", "孙来客"), ("人数", "３"));

        Assert.Contains("孙来客\u00a0· 3 人", done.One(".result-good").TextContent, StringComparison.Ordinal);
    }
}

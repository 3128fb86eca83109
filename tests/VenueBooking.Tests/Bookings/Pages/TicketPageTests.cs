using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Bookings;
using VenueBooking.Venues;

namespace VenueBooking.Tests.Bookings.Pages;

public sealed class TicketPageTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Strangers_ticket_is_not_found()
    {
        var booking = await Make.Booking();
        var stranger = await App.SignedInAs(await Make.Worker());

        foreach (var path in new[] { "", "/cancellation", "/confirm" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/bookings/{booking.Id}{path}")).Status);
    }

    [Fact]
    public async Task No_line_begins_with_the_dot_between_its_parts()
    {
        var worker = await Make.Worker();
        var space = await Make.Space();
        await Make.Space(await App.Query(db => db.Set<Venue>().SingleAsync()), "table_tennis");
        var (over, coming) = (await Make.Booking(await Make.Slot(space), worker, endReason: EndReason.Unconfirmed), await Make.Slot(space, Clock.Now.AddHours(30)));
        var visitor = await App.SignedInAs(worker);

        foreach (var (path, dots) in new[] { ("/bookings?show=past", 3), ($"/bookings/{over.Id}", 2), ($"/slots/{coming.Id}/book", 1), ("/venues", 1), ("/account", 1) })
        {
            var said = (await visitor.Get(path)).One("main").TextContent;
            Assert.Equal(dots, said.Count(c => c == '·'));
            Assert.DoesNotContain(" ·", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Owner_cancels_from_the_page_that_needs_no_script()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);
        var visitor = await App.SignedInAs(worker);

        var ask = await (await visitor.Get($"/bookings/{booking.Id}")).Follow("取消预约");
        var ticket = await ask.Press("取消预约");

        Assert.Equal($"/bookings/{booking.Id}", ticket.Path);
        Assert.Contains("您于 6月1日 周一 10:00 取消了这次预约", ticket.Text);
        Assert.Empty(ticket.All(".qr"));
        Assert.Equal(BookingState.Cancelled, (await Find(booking.Id)).State);
    }

    [Fact]
    public async Task A_cancelled_booking_is_not_asked_about_again()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker, state: BookingState.Cancelled);

        var shown = await (await App.SignedInAs(worker)).Get($"/bookings/{booking.Id}/cancellation");

        Assert.Equal($"/bookings/{booking.Id}", shown.Path);
        Assert.Empty(shown.All("form[action$=cancellation]"));
    }

    [Fact]
    public async Task After_the_deadline_the_ticket_offers_no_cancelling_and_a_stale_page_is_refused_in_words()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(await Make.Slot(cancelUntil: Clock.Now.AddMinutes(10)), worker);
        var visitor = await App.SignedInAs(worker);
        var stale = await visitor.Get($"/bookings/{booking.Id}/cancellation");
        Clock.Set(Clock.Now.AddMinutes(20));

        var refused = await stale.Press("取消预约");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("cancel_too_late", refused.One("[data-code]").GetAttribute("data-code"));
        var ticket = await visitor.Get($"/bookings/{booking.Id}");
        Assert.Null(ticket.Link("取消预约"));
        Assert.Contains("已过取消截止时间", ticket.Text);
        Assert.Equal(BookingState.Booked, (await Find(booking.Id)).State);
    }

    [Fact]
    public async Task Owner_confirms_from_the_mails_link_by_a_button_and_not_by_opening_it()
    {
        var worker = await Make.Worker();
        var slot = await Make.Slot(startsAt: Clock.Now.AddHours(30));
        var booking = await Make.Booking(slot, worker, confirmFrom: Clock.Now.AddHours(-1), confirmBy: Clock.Now.AddHours(6));
        var visitor = await App.SignedInAs(worker);

        var page = await visitor.Get($"/bookings/{booking.Id}/confirm");
        Assert.Null((await Find(booking.Id)).ConfirmedAt);
        var ticket = await page.Press("确认会来");

        Assert.Contains("已确认会来", ticket.Text);
        Assert.NotNull((await Find(booking.Id)).ConfirmedAt);
    }

    [Fact]
    public async Task The_mails_link_opened_too_late_says_what_became_of_the_booking()
    {
        var worker = await Make.Worker();
        var visitor = await App.SignedInAs(worker);
        var slot = await Make.Slot(startsAt: Clock.Now.AddHours(20));
        var released = await Make.Booking(slot, worker, confirmFrom: Clock.Now.AddHours(-28), confirmBy: Clock.Now.AddHours(-4), endReason: EndReason.Unconfirmed);
        var notYet = await Make.Booking(await Make.Slot(startsAt: Clock.Now.AddHours(21)), worker, confirmFrom: Clock.Now.AddHours(-28), confirmBy: Clock.Now.AddMinutes(-1));

        Assert.Contains("没有在截止前再次确认，名额已经让给别人", (await visitor.Get($"/bookings/{released.Id}/confirm")).Text);
        Assert.Contains("确认的时间到 今天 周一 09:59 为止", (await visitor.Get($"/bookings/{notYet.Id}/confirm")).Text);
    }

    [Theory]
    [InlineData(EndReason.Member, "取消了这次预约", "已取消 1 人 · 本人取消"), InlineData(EndReason.MembershipEnded, "会员资格已终止", "会员资格终止"),
     InlineData(EndReason.Erased, "账户已注销", "账户注销"), InlineData(EndReason.Closed, "场地临时停用", "场地停用"),
     InlineData(EndReason.Withdrawn, "这个时段不再提供", "时段不再提供"), InlineData(EndReason.Terminated, "协议提前终止", "场馆协议终止"),
     InlineData(EndReason.WalkInUndone, "前台撤销了这次现场登记", "前台撤销"), InlineData(EndReason.Unconfirmed, "没有在截止前再次确认", "已释放 1 人 · 没有再次确认"),
     InlineData(EndReason.NoShow, "记为爽约", "没有签到"), InlineData(EndReason.Attended, "谢谢参加", "已到场 1 人")]
    public async Task Ticket_and_list_say_why_a_booking_is_over(EndReason reason, string sentence, string words)
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker, endReason: reason);
        var visitor = await App.SignedInAs(worker);

        Assert.Contains(sentence, (await visitor.Get($"/bookings/{booking.Id}")).Text);
        Assert.Contains(words, (await visitor.Get("/bookings?show=past")).Text);
    }

    [Fact]
    public async Task Who_is_checked_in_is_told_so()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker, state: BookingState.CheckedIn);

        Assert.Contains("已签到", (await (await App.SignedInAs(worker)).Get($"/bookings/{booking.Id}")).Text);
    }

    [Fact]
    public async Task My_bookings_are_coming_or_past_and_nobody_elses()
    {
        var worker = await Make.Worker();
        await Make.Booking(await Make.Slot(await Make.Space(name: "来的场")), worker);
        await Make.Booking(await Make.Slot(await Make.Space(name: "过的场"), Clock.Now.AddDays(-3)), worker, BookingState.Attended);
        await Make.Booking(await Make.Slot(await Make.Space(name: "别人的场")));
        var visitor = await App.SignedInAs(worker);

        var coming = await visitor.Get("/bookings");
        var past = await coming.Follow("过去的");

        Assert.Contains("来的场", coming.Text);
        Assert.DoesNotContain("过的场", coming.Text);
        Assert.DoesNotContain("别人的场", coming.Text);
        Assert.Contains("过的场", past.Text);
        Assert.DoesNotContain("来的场", past.Text);
    }

    [Fact]
    public async Task Past_bookings_come_page_by_page()
    {
        var worker = await Make.Worker();
        var space = await Make.Space();
        for (var n = 1; n <= 14; n++)
            await Make.Booking(await Make.Slot(space, Clock.Now.AddDays(-n)), worker, BookingState.Attended);
        var visitor = await App.SignedInAs(worker);

        var first = await visitor.Get("/bookings?show=past");
        var second = await first.Follow("下一页");

        Assert.Equal((12, 2), (first.All("main article").Count, second.All("main article").Count));
        Assert.Empty(first.All("main article a").Select(a => a.GetAttribute("href")).Intersect(second.All("main article a").Select(a => a.GetAttribute("href"))));
    }

    [Theory]
    [InlineData(14 * 60 + 30, "今天 周一 23:30 – 明天 周二 00:45"), InlineData(4 * 60, "13:00–14:15")]
    public async Task Ticket_says_from_when_to_when_the_desk_checks_in_and_on_which_days_where_they_are_two(int inMinutes, string said)
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(await Make.Slot(startsAt: Clock.Now.AddMinutes(inMinutes)), worker);

        Assert.Contains(said, (await (await App.SignedInAs(worker)).Get($"/bookings/{booking.Id}")).Text, StringComparison.Ordinal);
    }

    Task<Booking> Find(Guid id) => App.Query(db => db.Set<Booking>().SingleAsync(b => b.Id == id));

    [Fact]
    public async Task Calendar_address_is_shown_once_works_and_can_be_stopped()
    {
        var worker = await Make.Worker();
        await Make.Booking(await Make.Slot(await Make.Space(name: "2号场")), worker);
        var visitor = await App.SignedInAs(worker);

        var made = await (await visitor.Get("/bookings/calendar")).Press("生成订阅地址");
        var feed = new Uri(made.One("#address").GetAttribute("value")!).AbsolutePath;
        Assert.Contains("BEGIN:VEVENT", (await App.Visitor().Get(feed)).Body);

        var later = await visitor.Get("/bookings/calendar");
        Assert.DoesNotContain(feed, later.Body);
        await later.Press("停用订阅");
        Assert.Equal(HttpStatusCode.NotFound, (await App.Visitor().Get(feed)).Status);
    }
}

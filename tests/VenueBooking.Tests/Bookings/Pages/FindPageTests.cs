using System.Net;
using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings.Pages;

public sealed class FindPageTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Like_courts_are_one_time_with_their_number()
    {
        var hall = await Make.Venue("双榆体育馆");
        await Make.Slot(await Make.Space(hall));
        await Make.Slot(await Make.Space(hall));
        await Make.Booking(await Make.Slot(await Make.Space(hall)));

        var page = await App.Visitor().Get("/find?date=2026-06-02");

        Assert.Contains("双榆体育馆", page.Text);
        Assert.Contains("余 2", page.One("main .chip").TextContent);
    }

    [Fact]
    public async Task Filters_are_in_the_address_and_narrow_the_answer()
    {
        var (gym, hall) = (await Make.Venue("健身房甲"), await Make.Venue("球馆乙"));
        await Make.Slot(await Make.Space(gym, "gym", capacity: 20));
        await Make.Slot(await Make.Space(hall));
        var visitor = App.Visitor();

        Assert.Contains("球馆乙", Cards(await visitor.Get("/find?date=2026-06-02&activity=badminton")));
        Assert.DoesNotContain("健身房甲", Cards(await visitor.Get("/find?date=2026-06-02&activity=badminton")));
        Assert.DoesNotContain("球馆乙", Cards(await visitor.Get($"/find?date=2026-06-02&venue={gym.Id}")));
        Assert.Contains("球馆乙", Cards(await visitor.Get("/find?date=2026-06-02&time=evening")));
        Assert.DoesNotContain("球馆乙", Cards(await visitor.Get("/find?date=2026-06-02&time=morning")));
    }

    [Fact]
    public async Task Nothing_free_says_which_day_has_something()
    {
        await Make.Slot(startsAt: TestClock.Monday.AddDays(3));

        var page = await App.Visitor().Get("/find?date=2026-06-02&activity=badminton");
        var next = await page.Follow("最近有空的一天：6月4日 周四");

        Assert.Single(next.All("main .chip"));
        Assert.Contains("activity=badminton", next.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_free_from_here_on_names_an_earlier_day()
    {
        await Make.Slot(startsAt: TestClock.Monday.AddDays(1));

        var next = await (await App.Visitor().Get("/find?date=2026-06-05")).Follow("最近有空的一天：明天 周二");

        Assert.Single(next.All("main .chip"));
    }

    [Fact]
    public async Task A_day_whose_times_open_later_says_when()
    {
        await Make.Slot(startsAt: TestClock.Monday.AddDays(9), opensAt: TestClock.Monday.AddDays(2));

        var page = await App.Visitor().Get("/find?date=2026-06-10");

        Assert.Contains("这一天的时段还没有开放预约 最早 后天 周三 10:00 开放", page.Text);
        Assert.DoesNotContain("off", page.One("main .days a[aria-current]").ClassName ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_are_offered_as_far_as_a_running_agreement_opens_them()
    {
        var visitor = App.Visitor();
        Assert.Equal(14, (await visitor.Get("/find")).All("main .days a").Count);
        await Make.Slot(startsAt: TestClock.Monday.AddDays(20), opensAt: TestClock.Monday);
        await App.Execute("update agreements set own_days = 20, all_days = 20");
        await Task.Delay(1050);

        var page = await visitor.Get("/find?date=2026-06-21");

        Assert.Equal(21, page.All("main .days a").Count);
        Assert.Single(page.All("main .chip"));
        Assert.Contains("可以查看从今天起 21 天内的时段", (await visitor.Get("/find?date=2026-06-22")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Htmx_gets_the_results_alone()
    {
        await Make.Slot();

        var fragment = await App.Visitor().GetFragment("/find?date=2026-06-02");

        Assert.Empty(fragment.All("h1, header"));
        Assert.Single(fragment.All(".chip"));
        // Read out: how many there are, not all of them.
        Assert.Equal("1 个场馆有空位", fragment.One("#found").TextContent);
        var page = await App.Visitor().Get("/find?date=2026-06-02");
        Assert.Equal(("status", ""), (page.One("#found").GetAttribute("role"), page.One("#found").TextContent));
    }

    [Fact]
    public async Task Many_venues_come_page_by_page()
    {
        for (var n = 0; n < 9; n++)
            await Make.Slot();

        var first = await App.Visitor().Get("/find?date=2026-06-02");
        var second = await first.Follow("下一页");

        Assert.Equal((8, 1), (first.All("main article").Count, second.All("main article").Count));
    }

    [Theory]
    [InlineData("date=tomorrow"), InlineData("activity=sleeping"), InlineData("time=midnight"), InlineData("venue=x"), InlineData("near=here"), InlineData("near=91,0"),
     InlineData("cursor=-1"), InlineData("cursor=x")]
    public async Task Of_a_mistyped_search_what_means_nothing_is_left_out_with_a_word_and_the_rest_counts(string query)
    {
        var (visitor, rest) = (App.Visitor(), query.StartsWith("date", StringComparison.Ordinal) ? "time=evening" : "date=2026-06-02");

        var page = await visitor.Get($"/find?{query}&{rest}");

        Assert.Equal((HttpStatusCode.OK, "/find?" + rest), (page.Status, page.Path));
        Assert.Contains("已略去", page.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.Path.StartsWith("/find?date", StringComparison.Ordinal) ? "明天 周二" : "今天 周一", page.All("#results h2")[0].TextContent, StringComparison.Ordinal);
        Assert.Empty((await visitor.Get(page.Path)).All(".flash"));
    }

    [Theory]
    [InlineData("date=tomorrow"), InlineData("date=2031-01-01"), InlineData("date=0001-01-01"), InlineData("date=99999-01-01"), InlineData("activity=sleeping")]
    public async Task A_venues_times_by_a_mistyped_link_are_those_of_today_and_of_all_activities(string query)
    {
        var slot = await Make.Slot(startsAt: Clock.Now.AddHours(3));

        var page = await App.Visitor().Get($"/venues/{slot.VenueId}/slots?{query}");

        Assert.Equal((HttpStatusCode.OK, $"/venues/{slot.VenueId}/slots"), (page.Status, page.Path));
        Assert.Contains("已略去", page.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal("今天 周一", page.One("#day").TextContent);
        Assert.Single(page.All("main a.chip"));
    }

    [Theory]
    [InlineData("2020-01-01"), InlineData("2027-01-01"), InlineData("9999-12-31"), InlineData("0001-01-01")]
    public async Task A_day_out_of_range_says_so(string date)
    {
        var page = await App.Visitor().Get("/find?date=" + date);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("这一天不在可预约范围内", page.Text);
    }

    [Fact]
    public async Task The_slot_grid_shows_each_state_in_words()
    {
        var hall = await Make.Venue();
        var space = await Make.Space(hall);
        var worker = await Make.Worker();
        await Make.Slot(space);
        var mine = await Make.Booking(await Make.Slot(space, At(20)), worker);
        await Make.Booking(await Make.Slot(space, At(21)));
        await Make.Slot(space, At(22), state: SlotState.Closed);
        await Make.Slot(space, At(23), opensAt: Clock.Now.AddHours(3));

        var page = await (await App.SignedInAs(worker)).Get($"/venues/{hall.Id}/slots?date=2026-06-02");

        Assert.Equal(["可约", "我已约", "已满", "停用", "13:00 开放"], page.All("main .chip-note").Select(n => n.TextContent.Trim()));
        Assert.Equal($"/bookings/{mine.Id}", page.One("main a.chip-mine").GetAttribute("href"));
        Assert.Single(page.All("main a.chip-free"));
        Assert.Empty(page.All("main a.chip-full, main a.chip-closed"));
    }

    [Fact]
    public async Task Spaces_to_compare_have_the_same_hour_in_the_same_place()
    {
        var hall = await Make.Venue();
        foreach (var hours in (int[][])[[19, 20], [20], [19, 21]])
        {
            var space = await Make.Space(hall);
            foreach (var hour in hours)
                await Make.Slot(space, At(hour));
        }

        var page = await App.Visitor().Get($"/venues/{hall.Id}/slots?date=2026-06-02");

        Assert.Equal(["19", "20", "", "", "20", "", "19", "", "21"], page.All("main .lanes .chips > *").Select(c => c.QuerySelector("time")?.TextContent[..2] ?? ""));
    }

    [Fact]
    public async Task What_visitors_see_of_a_day_moves_on_with_bookings_with_time_and_with_the_venue()
    {
        var hall = await Make.Venue();
        var space = await Make.Space(hall);
        var early = await Make.Slot(space, At(19));
        await Make.Slot(space, At(20), opensAt: Clock.Now.AddHours(3));
        async Task<(string States, string? Back)> Look(string query = "")
        {
            var page = await App.Visitor().Get($"/venues/{hall.Id}/slots?date=2026-06-02{query}");
            return (string.Join(' ', page.All("main .chip-note").Select(n => n.TextContent.Trim())), page.All("main .days a")[1].GetAttribute("href"));
        }

        Assert.Equal("可约 13:00 开放", (await Look()).States);
        Assert.DoesNotContain("x=1", (await Look()).Back);
        Assert.Contains("x=1", (await Look("&x=1")).Back);
        Clock.Set(Clock.Now.AddHours(3));
        Assert.Equal("可约 可约", (await Look()).States);
        await Make.Booking(early);
        Assert.Equal("已满 可约", (await Look()).States);
        Clock.Set(Clock.Now.AddHours(30));
        Assert.Equal("已结束 可约", (await Look()).States);
    }

    [Fact]
    public async Task Home_counts_what_is_free_and_shows_the_next_booking()
    {
        var worker = await Make.Worker();
        await Make.Slot();
        await Make.Slot(startsAt: Clock.Now.AddHours(5));
        var booking = await Make.Booking(await Make.Slot(await Make.Space(activity: "yoga")), worker);

        var guest = await App.Visitor().Get("/");
        var member = await (await App.SignedInAs(worker)).Get("/");

        Assert.Contains("羽毛球 今天 1 明天 1", guest.Text);
        Assert.Contains($"/bookings/{booking.Id}", member.All("main article a").Select(a => a.GetAttribute("href")));
        Assert.Contains("明天 周二 19:00–20:00", member.Text);
    }

    [Fact]
    public async Task Home_tells_whose_turn_it_is_to_have_a_membership_verified()
    {
        var union = await Make.GrassrootsUnion();
        var (silent, waiting) = (await Make.UnverifiedWorker(), await Make.UnverifiedWorker(union, cardNumber: "C-90001"));

        Assert.Contains("还差一步", (await (await App.SignedInAs(silent)).Get("/")).Text);
        Assert.Contains("正在等待工会认证", (await (await App.SignedInAs(waiting)).Get("/")).Text);
    }

    [Fact]
    public async Task Home_of_a_member_whose_membership_ended_shows_what_is_booked_still_and_the_way_to_ask_again()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(await Make.Slot(), worker);
        await App.Execute("update memberships set state = 'ended', ended_at = $2 where user_id = $1", worker.Id, App.Now);

        var page = await (await App.SignedInAs(worker)).Get("/");

        Assert.Contains("还差一步", page.Text);
        Assert.DoesNotContain("正在等待工会认证", page.Text);
        Assert.Equal("/account/membership", page.Link("去认证")!.GetAttribute("href"));
        Assert.Contains($"/bookings/{booking.Id}", page.All("main article a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Days_on_which_a_union_books_first_are_free_to_its_own_and_closed_to_who_has_no_union()
    {
        var union = await Make.GrassrootsUnion();
        var slot = await Make.Slot(startsAt: TestClock.Monday.AddDays(9), opensAt: TestClock.Monday.AddDays(-5), allOpensAt: TestClock.Monday.AddDays(2), audienceUnionId: union.Id);
        var unverified = await Make.UnverifiedWorker();
        var (own, none) = (await App.SignedInAs(await Make.Worker(union)), await App.SignedInAs(unverified));

        Assert.Single((await own.Get("/find?date=2026-06-10")).All("main .chip"));
        foreach (var visitor in new[] { none, await App.SignedInAs(await Make.User()), App.Visitor() })
        {
            var page = await visitor.Get("/find?date=2026-06-10");
            Assert.Empty(page.All("main .chip"));
            Assert.Contains("最早 后天 周三 10:00 开放", page.Text);
        }
        Assert.Equal("not_audience", (await none.Get($"/slots/{slot.Id}/book")).One("[data-code]").GetAttribute("data-code"));
        Clock.Advance(TimeSpan.FromDays(2.1));
        Assert.Equal("not_verified", (await (await App.SignedInAs(unverified)).Get($"/slots/{slot.Id}/book")).One("[data-code]").GetAttribute("data-code"));
    }

    static DateTimeOffset At(int hour) => SiteTime.At(new(2026, 6, 2), new(hour, 0));

    static string Cards(Support.WebPage page) => string.Join(' ', page.All("main article").Select(a => a.TextContent));
}

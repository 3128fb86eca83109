using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings.Pages;

public sealed class DeskPageTests(AppLease lease) : DeskTest(lease)
{
    [Fact]
    public async Task Desk_checks_in_and_undoes()
    {
        var booking = await Today("赵小兰", party: 1);
        var desk = await OpenAsync();

        var done = await desk.Press("签到", ("签到码", booking.Code.ToLowerInvariant()));
        Assert.Contains("赵小兰", done.One(".result-good").TextContent);
        Assert.Equal(BookingState.CheckedIn, (await Find(booking.Id)).State);
        Assert.Contains("已签到 1 场", done.Text);

        var undone = await done.Press("撤销签到");
        Assert.Contains("已撤销签到", undone.Text);
        Assert.Equal(BookingState.Booked, (await Find(booking.Id)).State);
        Assert.Equal(["booking.check_in", "booking.undo_check_in"], await App.Query(db => db.Set<AuditEntry>()
            .Where(e => e.ActorId == Clerk.Id && e.SubjectId == booking.Id).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task Desk_and_walk_in_name_the_venue_in_the_clerks_language()
    {
        var pool = await Make.Venue("清河游泳馆", "Qinghe Swimming Pool");
        await Make.Slot(await Make.Space(pool), Clock.Now.AddHours(1));
        var desk = await App.SignedInAs(await Make.Desk(pool), "en");

        Assert.Contains("Qinghe Swimming Pool", (await desk.Get("/desk")).Text);
        Assert.Contains("Qinghe Swimming Pool", (await desk.Get($"/desk/walk-in?venue={pool.Id}")).Text);
    }

    [Theory]
    [InlineData("zh-CN", "还没到签到时间，6月1日 周一 18:00 起可以签到", "2号场，6月1日 周一 19:00 开始，3 人"), InlineData("en", "Too early: check-in opens on", "party of 3")]
    public async Task Ticket_shown_too_early_is_told_from_when_it_can_be_checked_in_and_what_it_is_for(string language, string when, string what)
    {
        var booking = await Today("赵小兰", party: 3, inMinutes: 9 * 60);
        var desk = await (await App.SignedInAs(Clerk, language)).Get("/desk");
        Assert.Contains("18:00", desk.One("main tbody .cell-actions").TextContent, StringComparison.Ordinal);
        Assert.Empty(desk.All("main tbody button"));
        var button = language == "en" ? "Check in" : "签到";
        Clock.Set(booking.StartsAt.AddMinutes(-61));

        var early = await desk.Press(button, ("code", booking.Code));
        Assert.Equal((HttpStatusCode.Conflict, "check_in_too_early"), (early.Status, early.One(".result-warn").GetAttribute("data-code")));
        Assert.Contains(when, early.One(".result-warn").TextContent, StringComparison.Ordinal);
        Assert.Contains(what, early.One(".result-warn").TextContent, StringComparison.Ordinal);
        Assert.Equal(BookingState.Booked, (await Find(booking.Id)).State);
        Clock.Set(booking.StartsAt.AddHours(-1));

        Assert.Single((await early.Press(button, ("code", booking.Code))).All(".result-good"));
    }

    [Fact]
    public async Task Tomorrows_ticket_is_told_from_when_tomorrow_it_can_be_checked_in()
    {
        var booking = await Today("赵小兰", inMinutes: 33 * 60);
        var ticket = await App.With((TicketToken tickets) => tickets.MakeAsync(booking.Id));

        var early = await (await OpenAsync()).Press("签到", ("签到码", ticket));

        Assert.Contains("6月2日 周二 18:00 起可以签到", early.One("[data-code=check_in_too_early]").TextContent, StringComparison.Ordinal);
        Assert.Contains("2号场，6月2日 周二 19:00 开始，1 人", early.One("[data-code=check_in_too_early]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_before_midnight_for_a_time_after_it_is_checked_in_on_the_list_of_that_day_and_stays_on_it()
    {
        var booking = await Today("赵小兰", party: 3, inMinutes: 14 * 60 + 30);
        Clock.Set(booking.StartsAt.AddMinutes(-45));

        var done = await (await OpenAsync()).Press("签到", ("签到码", booking.Code));

        Assert.Contains("赵小兰", done.One(".result-good").TextContent, StringComparison.Ordinal);
        Assert.Contains("date=2026-06-02", done.Path, StringComparison.Ordinal);
        var wrong = await done.Press("保存人数", ("headcount", "4"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("赵小兰", wrong.One(".result-good").TextContent, StringComparison.Ordinal);
        var fewer = await done.Press("保存人数", ("2", true));
        Assert.Contains("到场 2 人", fewer.One(".result-good").TextContent, StringComparison.Ordinal);
        Assert.Contains("赵小兰", (await fewer.Press("撤销签到")).One("main tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Todays_list_begins_with_who_comes_now_and_keeps_what_is_over_behind_a_line()
    {
        var over = await Today("钱早早");
        Clock.Set(over.EndsAt.AddMinutes(1));
        Assert.Contains("今天接下来没有预约了", (await OpenAsync()).Text, StringComparison.Ordinal);
        await Today("赵小兰");

        var desk = await OpenAsync();

        Assert.Contains("已结束的 1 场", desk.One("main section details summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("钱早早", desk.One("main section details tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal(["赵小兰", "钱早早"], desk.All("main tbody th").Select(name => name.TextContent.Trim()));
        Assert.Contains("应到 2 场", desk.Text, StringComparison.Ordinal);
        Assert.Contains("钱早早", (await (await App.SignedInAs(Clerk)).Get($"/desk?q={Uri.EscapeDataString("钱")}")).One("main tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_of_a_time_that_is_over_is_told_so_though_no_job_has_closed_it_yet()
    {
        var booking = await Today("赵小兰");
        Clock.Set(booking.EndsAt);

        var over = await (await OpenAsync()).Press("签到", ("签到码", booking.Code));

        Assert.Contains("已经过了时间", over.One("[data-code=code_wrong_day]").TextContent, StringComparison.Ordinal);
        Assert.Empty(over.All("main tbody button"));
        Assert.Equal(BookingState.Booked, (await Find(booking.Id)).State);
    }

    [Fact]
    public async Task Undo_ends_after_five_minutes()
    {
        var booking = await Today("赵小兰");
        var done = await (await OpenAsync()).Press("签到", ("签到码", booking.Code));
        Clock.Set(Clock.Now.AddMinutes(6));

        var refused = await done.Press("撤销签到");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("undo_too_late", refused.One("[data-code]").GetAttribute("data-code"));
        Assert.Empty((await (await App.SignedInAs(Clerk)).Get($"/desk?done={booking.Id}")).All("input[name=booking]"));
    }

    [Fact]
    public async Task Desk_of_another_venue_does_not_see_or_check_in()
    {
        var elsewhere = await Make.Desk(await Make.Venue());
        var booking = await Today("赵小兰");
        var visitor = await App.SignedInAs(elsewhere);
        var desk = await visitor.Get("/desk");

        Assert.DoesNotContain("赵小兰", desk.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/desk?venue={Hall.Id}")).Status);
        var refused = await desk.Press("签到", ("签到码", booking.Code));
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.Equal("code_unknown", refused.One("[data-code]").GetAttribute("data-code"));
        Assert.Equal(BookingState.Booked, (await Find(booking.Id)).State);
    }

    [Fact]
    public async Task Desk_of_two_venues_says_that_a_ticket_is_for_the_other()
    {
        var pool = await Make.Venue("清河游泳馆");
        var booking = await Make.Booking(await Make.Slot(await Make.Space(pool), Clock.Now.AddHours(1)));
        var staff = await App.SignedInAs(await Make.Staff());

        var refused = await (await staff.Get($"/desk?venue={Hall.Id}")).Press("签到", ("签到码", booking.Code));
        Assert.Equal("code_elsewhere", refused.One("[data-code]").GetAttribute("data-code"));
        Assert.Contains("清河游泳馆", refused.One("[data-code]").TextContent);
        Assert.Equal(BookingState.Booked, (await Find(booking.Id)).State);
        var done = await (await staff.Get($"/desk?venue={pool.Id}")).Press("签到", ("签到码", booking.Code));

        Assert.Single(done.All(".result-good"));
    }

    [Fact]
    public async Task Desk_gives_advice_that_fits_the_refusal()
    {
        var booking = await Today("赵小兰");
        var desk = await OpenAsync();
        await desk.Press("签到", ("签到码", booking.Code));

        var (again, unknown, empty) = (await desk.Press("签到", ("签到码", booking.Code)), await desk.Press("签到", ("签到码", "ZZZ999")), await desk.Press("签到", ("签到码", " ")));

        Assert.Contains("二维码要现刷新的", unknown.One("[data-code=code_unknown]").TextContent);
        Assert.DoesNotContain("二维码要现刷新的", again.One("[data-code=already_checked_in]").TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Single(empty.All("[data-code=code_missing]"));
    }

    [Fact]
    public async Task Group_says_how_many_came()
    {
        var booking = await Today("赵小兰", party: 4);
        var done = await (await OpenAsync()).Press("签到", ("签到码", booking.Code));
        Assert.Contains("赵小兰 · 4 人", done.Text);

        var saved = await done.Press("保存人数", ("3", true));

        Assert.Contains("赵小兰 · 到场 3 人", saved.Text);
        Assert.Equal(3, (await Find(booking.Id)).Headcount);
        Assert.Equal(("""{"headcount": 4}""", """{"headcount": 3}"""), await Audited("booking.headcount", booking.Id));
    }

    [Theory, InlineData(""), InlineData("7.5"), InlineData("0"), InlineData("13"), InlineData("99999999999"), InlineData("many")]
    public async Task Headcount_that_is_no_number_in_range_is_told_beside_its_field_and_can_be_mended(string typed)
    {
        var booking = await Make.Booking(await Make.Slot(await Make.Space(Hall, capacity: 20, maxParty: 12)), await Make.Worker(name: "赵小兰"), partySize: 12);
        Clock.Set(booking.StartsAt.AddMinutes(-30));
        var done = await (await OpenAsync()).Press("签到", ("签到码", booking.Code));

        var refused = await done.Press("保存人数", ("实到人数", typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var field = refused.One("input[name=headcount]");
        Assert.Equal((typed, "true"), (field.GetAttribute("value"), field.GetAttribute("aria-invalid")));
        Assert.Contains("到场人数应是 1 到 12 的整数", refused.One(".result-good .wrong").TextContent);
        Assert.Equal(12, (await Find(booking.Id)).Headcount);
        Assert.Contains("到场 9 人", (await refused.Press("保存人数", ("实到人数", "9"))).Text);
    }

    [Fact]
    public async Task Codes_and_headcounts_are_taken_as_a_Chinese_keyboard_makes_them()
    {
        var booking = await Make.Booking(await Make.Slot(await Make.Space(Hall, capacity: 20, maxParty: 12)), await Make.Worker(name: "赵小兰"), partySize: 12);
        Clock.Set(booking.StartsAt.AddMinutes(-30));
        var fullWidth = string.Concat(booking.Code.Select(c => (char)(c + 0xFEE0)));

        Assert.Contains("赵小兰", (await (await App.SignedInAs(Clerk)).Get($"/desk?q={Uri.EscapeDataString(fullWidth)}")).One("main tbody").TextContent, StringComparison.Ordinal);
        var done = await (await OpenAsync()).Press("签到", ("签到码", fullWidth));
        var counted = await done.Press("保存人数", ("实到人数", "１１"));

        Assert.Contains("到场 11 人", counted.Text, StringComparison.Ordinal);
        Assert.Equal(11, (await Find(booking.Id)).Headcount);
    }

    [Fact]
    public async Task Headcount_goes_with_the_check_in_that_is_taken_back()
    {
        var booking = await Today("赵小兰", party: 4);
        var done = await (await OpenAsync()).Press("签到", ("签到码", booking.Code));
        var counted = await done.Press("保存人数", ("3", true));
        await counted.Press("撤销签到");
        Assert.Equal((BookingState.Booked, null), ((await Find(booking.Id)).State, (await Find(booking.Id)).Headcount));

        var late = await counted.Press("保存人数", ("2", true));

        Assert.Equal((HttpStatusCode.Conflict, "not_checked_in"), (late.Status, late.One("[data-code]").GetAttribute("data-code")));
        Assert.Null((await Find(booking.Id)).Headcount);
        var again = await late.Press("签到", ("签到码", booking.Code));
        Assert.Contains("赵小兰 · 4 人", again.Text);
    }

    [Fact]
    public async Task Every_opening_of_the_list_is_written_down_once()
    {
        await Today("赵小兰");

        await OpenAsync();
        await OpenAsync();

        var entries = await App.Query(db => db.Set<AuditEntry>().Where(e => e.Action == "desk.view").ToListAsync());
        Assert.Equal([(Clerk.Id, Hall.Id), (Clerk.Id, Hall.Id)], entries.Select(e => (e.ActorId, e.SubjectId)));
    }

    [Fact]
    public async Task Search_finds_a_name_or_a_code()
    {
        var booking = await Today("赵小兰");
        await Today("钱多多", inMinutes: 90);
        var visitor = await App.SignedInAs(Clerk);

        var byName = await visitor.Get("/desk?q=小兰");
        var byCode = await visitor.Get("/desk?q=" + booking.Code.ToLowerInvariant());

        foreach (var page in new[] { byName, byCode })
            Assert.Contains("赵小兰", page.One("main tbody tr").TextContent);
        Assert.Contains("没有找到“孙”", (await visitor.Get("/desk?q=孙")).Text);
    }

    [Fact]
    public async Task Clerk_without_a_venue_is_told_whom_to_ask()
    {
        var idle = await App.SignedInAs(await Make.User(roles: Roles.Desk));

        Assert.Contains("您还没有负责的场馆", (await idle.Get("/desk")).Text);
    }

    [Fact]
    public async Task Workers_do_not_enter()
    {
        var page = await (await App.SignedInAs(await Make.Worker())).Get("/desk");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
    }

    async Task<Booking> Today(string name, int party = 1, int inMinutes = 30) =>
        await Make.Booking(await Make.Slot(Space, Clock.Now.AddMinutes(inMinutes)), await Make.Worker(name: name), partySize: party);

    Task<(string? Before, string After)> Audited(string action, Guid booking) => App.Query(async db =>
    {
        var entry = await db.Set<AuditEntry>().SingleAsync(e => e.Action == action && e.SubjectId == booking && e.ActorId == Clerk.Id);
        return (entry.Before?.RootElement.GetRawText(), entry.After!.RootElement.GetRawText());
    });

    Task<Booking> Find(Guid id) => App.Query(db => db.Set<Booking>().SingleAsync(b => b.Id == id));
}

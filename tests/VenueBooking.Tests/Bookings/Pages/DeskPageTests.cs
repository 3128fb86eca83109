using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Tests.Support;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings.Pages;

public sealed class DeskPageTests(AppLease lease) : AppTest(lease)
{
    Venue hall = null!;
    Space space = null!;
    AppUser clerk = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        hall = await Make.Venue("晨光羽毛球馆");
        space = await Make.Space(hall, name: "2号场", maxParty: 4);
        clerk = await Make.Desk(hall);
    }

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
            .Where(e => e.ActorId == clerk.Id && e.SubjectId == booking.Id).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
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

    [Fact]
    public async Task Undo_ends_after_five_minutes()
    {
        var booking = await Today("赵小兰");
        var done = await (await OpenAsync()).Press("签到", ("签到码", booking.Code));
        Clock.Set(Clock.Now.AddMinutes(6));

        var refused = await done.Press("撤销签到");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("undo_too_late", refused.One("[data-code]").GetAttribute("data-code"));
        Assert.Empty((await (await App.SignedInAs(clerk)).Get($"/desk?done={booking.Id}")).All("input[name=booking]"));
    }

    [Fact]
    public async Task Desk_of_another_venue_does_not_see_or_check_in()
    {
        var elsewhere = await Make.Desk(await Make.Venue());
        var booking = await Today("赵小兰");
        var visitor = await App.SignedInAs(elsewhere);
        var desk = await visitor.Get("/desk");

        Assert.DoesNotContain("赵小兰", desk.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/desk?venue={hall.Id}")).Status);
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

        var refused = await (await staff.Get($"/desk?venue={hall.Id}")).Press("签到", ("签到码", booking.Code));
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

    [Fact]
    public async Task Who_looks_at_the_list_is_written_down_once_an_hour_and_for_each_day_shown()
    {
        await Today("赵小兰");

        await OpenAsync();
        await OpenAsync();

        var entry = await App.Query(db => db.Set<AuditEntry>().SingleAsync(e => e.Action == "desk.view"));
        Assert.Equal((clerk.Id, hall.Id), (entry.ActorId, entry.SubjectId));
        await (await App.SignedInAs(clerk)).Get($"/desk?date={SiteTime.DayOf(Clock.Now).AddDays(1):yyyy-MM-dd}");
        Assert.Equal(2, await App.Scalar<long>("select count(*) from audit_entries where action = 'desk.view'"));
        Clock.Advance(TimeSpan.FromMinutes(61));
        await OpenAsync();
        Assert.Equal(3, await App.Scalar<long>("select count(*) from audit_entries where action = 'desk.view'"));
    }

    [Fact]
    public async Task Search_finds_a_name_or_a_code()
    {
        var booking = await Today("赵小兰");
        await Today("钱多多", at: 20);
        var visitor = await App.SignedInAs(clerk);

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

    [Theory]
    [InlineData("date=x"), InlineData("date=9999-12-31"), InlineData("venue=x"), InlineData("done=x")]
    public async Task Rubbish_in_the_address_is_a_bad_request(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await (await App.SignedInAs(clerk)).Get("/desk?" + query)).Status);

    async Task<WebPage> OpenAsync() => await (await App.SignedInAs(clerk)).Get("/desk");

    async Task<Booking> Today(string name, int party = 1, int at = 19) =>
        await Make.Booking(await Make.Slot(space, SiteTime.At(SiteTime.DayOf(Clock.Now), new(at, 0))), await Make.Worker(name: name), partySize: party);

    Task<(string? Before, string After)> Audited(string action, Guid booking) => App.Query(async db =>
    {
        var entry = await db.Set<AuditEntry>().SingleAsync(e => e.Action == action && e.SubjectId == booking && e.ActorId == clerk.Id);
        return (entry.Before?.RootElement.GetRawText(), entry.After!.RootElement.GetRawText());
    });

    Task<Booking> Find(Guid id) => App.Query(db => db.Set<Booking>().SingleAsync(b => b.Id == id));
}

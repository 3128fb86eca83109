using System.Net;
using VenueBooking.Venues;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Tests.Venues;

public sealed class VenueStaffTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Staff_make_a_venue_with_hours_and_the_public_sees_it()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get("/staff/venues/new")).Press("保存", ("名称", "红旗体育馆"), ("英文名称", "Hongqi Hall"), ("地址", "红旗路 8 号"),
            ("纬度", "３９。9123"), ("经度", "116.3661"), ("周一", "9-12，14:00～24:00"), ("周日", ""));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("红旗体育馆", page.Title, StringComparison.Ordinal);
        var id = await App.Scalar<Guid>("select id from venues where name = '红旗体育馆'");

        var seen = await App.Visitor("en").Get($"/venues/{id}");
        Assert.Equal("Hongqi Hall", seen.Title);
        Assert.Contains("Mon09:00–12:00, 14:00–24:00", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Tue–Sat09:00–21:00", seen.Text, StringComparison.Ordinal);
        Assert.Contains("SunClosed", seen.Text, StringComparison.Ordinal);
        Assert.StartsWith("https://uri.amap.com/marker?position=116.3661,39.9123", seen.Link("Open the map")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'venue.create' and subject_id = $1 and after->>'name' = '红旗体育馆'", id));
    }

    [Fact]
    public async Task Everything_wrong_with_a_venue_is_said_at_once_and_what_was_typed_stays()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get("/staff/venues/new")).Press("保存", ("名称", ""), ("地址", new string('x', 201)), ("纬度", "95"), ("周二", "18:00-09:00"), ("简介", "还没写完"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["Input_Address", "Input_Hours_1_", "Input_Latitude", "Input_Longitude", "Input_Name"],
            page.All(".errors a").Select(a => a.GetAttribute("href")![1..]).Order(StringComparer.Ordinal));
        Assert.Contains("还没写完", page.One("[name='Input.Summary']").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from venues"));
    }

    [Fact]
    public async Task Two_venues_in_use_cannot_have_one_name()
    {
        await Make.Venue("唯一馆");
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get("/staff/venues/new")).Press("保存", ("名称", "唯一馆"), ("地址", "别处"));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("已经有一个使用中的场馆叫这个名字", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_edit_page_is_refused_keeps_what_was_typed_and_can_be_saved_knowingly()
    {
        var venue = await Make.Venue("旧名");
        var first = await (await App.SignedInAs(await Make.Staff())).Get($"/staff/venues/{venue.Id}/edit");
        var second = await (await App.SignedInAs(await Make.Staff())).Get($"/staff/venues/{venue.Id}/edit");
        await first.Press("保存", ("地址", "甲路 1 号"));

        var stale = await second.Press("保存", ("名称", "新名"), ("地址", "乙路 2 号"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("甲路 1 号", stale.One(".notice-warning").TextContent, StringComparison.Ordinal);
        Assert.Equal("乙路 2 号", stale.One("[name='Input.Address']").GetAttribute("value"));
        Assert.Equal("甲路 1 号", await App.Scalar<string>("select address from venues where id = $1", venue.Id));

        await stale.Press("保存");
        Assert.Equal("新名 乙路 2 号", await App.Scalar<string>("select name || ' ' || address from venues where id = $1", venue.Id));
        Assert.Equal("甲路 1 号", await App.Scalar<string>("select before->>'address' from audit_entries where action = 'venue.edit' and after->>'address' = '乙路 2 号'"));
    }

    [Fact]
    public async Task Changing_only_the_hours_makes_an_older_page_stale_too()
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        var (first, second) = (await staff.Get($"/staff/venues/{venue.Id}/edit"), await staff.Get($"/staff/venues/{venue.Id}/edit"));
        Assert.True((await first.Press("保存", ("周一", "08:00-20:00"))).Redirected);
        Assert.Equal(HttpStatusCode.Conflict, (await second.Press("保存", ("周一", "10:00-11:00"))).Status);
        Assert.Equal(new TimeOnly(8, 0), await App.Scalar<TimeOnly>("select opens from opening_hours where venue_id = $1", venue.Id));
    }

    [Fact]
    public async Task A_venue_with_slots_to_come_is_not_retired_and_one_without_is_and_comes_back()
    {
        var space = await Make.Space();
        var slot = await Make.Slot(space, startsAt: Clock.Now.AddMinutes(10));
        await Make.Booking(slot);
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get($"/staff/venues/{space.VenueId}")).Press("停用这个场馆");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("还有 1 个时段（其中 1 个预约）", page.Text, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromMinutes(20));
        page = await page.Press("停用这个场馆");
        Assert.Contains("场馆已停用", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await App.Visitor().Get($"/venues/{space.VenueId}")).Status);
        await page.Press("恢复使用");
        Assert.Equal(HttpStatusCode.OK, (await App.Visitor().Get($"/venues/{space.VenueId}")).Status);
    }

    [Fact]
    public async Task The_list_is_narrowed_sorted_and_paged_and_exports_what_it_shows()
    {
        for (var i = 1; i <= 22; i++)
            await Make.Space(await Make.Venue($"场馆{i:00}", nameEn: "Place"), activity: i % 2 == 0 ? "choir" : "badminton");
        var staff = await App.SignedInAs(await Make.Staff());
        var first = await staff.Get("/staff/venues?sort=-name");
        Assert.Equal(20, first.All("tbody tr").Count);
        Assert.Contains("场馆22", first.All("tbody tr")[0].TextContent, StringComparison.Ordinal);
        var second = await first.Follow("下一页");
        Assert.Equal(["场馆02", "场馆01"], second.All("tbody tr td:first-child").Select(c => c.TextContent.Trim()));

        var choirs = await staff.Get("/staff/venues?activity=choir&q=2");
        Assert.Equal(["场馆02", "场馆12", "场馆20", "场馆22"], choirs.All("tbody tr td:first-child").Select(c => c.TextContent.Trim()));
        Assert.Empty((await staff.Get("/staff/venues?q=%25")).All("tbody tr"));
        await Make.Venue("五成50%馆");
        Assert.Single((await staff.Get("/staff/venues?q=0%25馆")).All("tbody tr"));

        var excel = await staff.Get(choirs.Link("导出 Excel")!.GetAttribute("href")!);
        var table = TableReader.Read(await excel.Response.Content.ReadAsByteArrayAsync()).Value!;
        Assert.Equal(["场馆02", "场馆12", "场馆20", "场馆22"], table.Rows.Select(r => r[0]));
        Assert.Equal("合唱", table.Rows[0][2]);
    }

    [Fact]
    public async Task Nonsense_in_the_address_is_answered_and_never_fails()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        Assert.Equal(HttpStatusCode.OK, (await staff.Get("/staff/venues?q=%F0%9F%98%80&sort=drop&state=x&activity=y")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get($"/staff/venues/{Guid.CreateVersion7()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get($"/staff/venues/{Guid.CreateVersion7()}/closures")).Status);
        var page = await (await staff.Get("/staff/venues/new")).Press("保存", ("名称", "a\u0001b"), ("地址", "x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
    }

    [Theory, InlineData("/staff/venues"), InlineData("/staff/venues/new"), InlineData("/staff/holidays"), InlineData("/staff/holidays/import")]
    public async Task Only_staff_come_in(string path)
    {
        Assert.Contains("/account/login", (await App.Visitor().Get(path)).Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await App.SignedInAs(await Make.Worker())).Get(path)).Status);
    }

    [Fact]
    public async Task Desk_scopes_are_given_once_and_taken_back_with_a_trace()
    {
        var venue = await Make.Venue("前台馆");
        var clerk = await Make.User(roles: VenueBooking.Accounts.Roles.Desk);
        for (var i = 0; i < 2; i++)
            Assert.False((await App.With((VenueDeskScopes s) => s.AddAsync(clerk.Id, venue.Id, default))).IsRefused);
        Assert.Equal(["前台馆"], (await App.With((VenueDeskScopes s) => s.ListAsync(clerk.Id, default))).Select(s => s.VenueName));
        Assert.Equal("venue_unknown", (await App.With((VenueDeskScopes s) => s.AddAsync(clerk.Id, Guid.CreateVersion7(), default))).Refusal?.Code);
        Assert.Equal(Refusal.NotFound, (await App.With((VenueDeskScopes s) => s.AddAsync(Guid.CreateVersion7(), venue.Id, default))).Refusal);
        Assert.False((await App.With((VenueDeskScopes s) => s.RemoveAsync(clerk.Id, venue.Id, default))).IsRefused);
        Assert.Equal(Refusal.NotFound, (await App.With((VenueDeskScopes s) => s.RemoveAsync(clerk.Id, venue.Id, default))).Refusal);
        Assert.Equal(["desk.add", "desk.remove"], await App.Query(db => Task.FromResult(db.Set<AuditEntry>().OrderBy(a => a.Id).Select(a => a.Action).ToList())));
    }

    [Fact]
    public async Task A_venue_saved_as_it_is_leaves_no_line_in_the_log()
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        await (await staff.Get($"/staff/venues/{venue.Id}/edit")).Press("保存", ("周一", "9-12"), ("周日", "10-12"));
        await (await staff.Get($"/staff/venues/{venue.Id}/edit")).Press("保存");
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'venue.edit'"));
    }
}

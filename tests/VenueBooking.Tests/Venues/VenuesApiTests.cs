using System.Net;
using VenueBooking.Venues;
using VenueBooking.Web.Tables;

namespace VenueBooking.Tests.Venues;

public sealed class VenuesApiTests(AppLease lease) : AppTest(lease)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await App.With<VenueCache, int>(async cache =>
        {
            await cache.ForgetAsync(default);
            return 0;
        });
    }

    [Fact]
    public async Task Venues_come_in_pages_that_follow_one_another_without_gap_or_repeat()
    {
        for (var i = 0; i < 5; i++)
            await Make.Venue($"馆{i}");
        var (names, cursor, api) = (new List<string?>(), (string?)"", await App.ApiAs(null));
        while (cursor is not null)
        {
            var page = await api.Get($"/api/v1/venues?limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            names.AddRange(page.Items.Select(i => i.GetProperty("name").GetString()));
            cursor = page["next"].GetString();
        }
        Assert.Equal(["馆0", "馆1", "馆2", "馆3", "馆4"], names);
    }

    [Fact]
    public async Task A_venue_tells_its_activities_spaces_and_hours_and_retired_ones_are_left_out()
    {
        var venue = await Make.Venue("甲馆", "Hall A");
        await Make.Space(venue, "choir", capacity: 30, name: "排练厅");
        var gone = await Make.Space(venue, "yoga");
        await App.Execute("update spaces set retired_at = now() where id = $1", gone.Id);
        await App.Execute("insert into opening_hours values ($1, 1, '09:00', '23:59')", venue.Id);
        var retired = await Make.Venue();
        await App.Execute("update venues set retired_at = now() where id = $1", retired.Id);

        var api = await App.ApiAs(null);
        var item = Assert.Single((await api.Get("/api/v1/venues")).Items);
        Assert.Equal("""["choir"]""", item.GetProperty("activities").ToString());
        var one = await api.Get($"/api/v1/venues/{venue.Id}");
        Assert.Equal("Hall A", one["nameEn"].GetString());
        Assert.Equal("排练厅", Assert.Single(one["spaces"].EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("24:00", one["hours"][0].GetProperty("closes").GetString());
        Assert.Equal("not_found", (await api.Get($"/api/v1/venues/{retired.Id}")).Code);
    }

    [Theory, InlineData("cursor=!!", "invalid_cursor"), InlineData("activity=flying", "invalid_activity"), InlineData("limit=0", "invalid_limit"), InlineData("limit=x", "invalid_limit")]
    public async Task What_the_api_cannot_take_it_refuses_with_a_code(string query, string code)
    {
        var reply = await (await App.ApiAs(null)).Get("/api/v1/venues?" + query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal(code, reply.Code);
    }

    [Fact]
    public async Task The_list_is_kept_until_staff_change_something()
    {
        var venue = await Make.Venue("旧名");
        var api = await App.ApiAs(null);
        Assert.Contains("旧名", (await api.Get("/api/v1/venues")).Text, StringComparison.Ordinal);
        await App.Execute("update venues set name = '绕过' where id = $1", venue.Id);
        Assert.Contains("旧名", (await api.Get("/api/v1/venues")).Text, StringComparison.Ordinal);

        var staff = await App.SignedInAs(await Make.Staff());
        await (await staff.Get($"/staff/venues/{venue.Id}/edit")).Press("保存", ("名称", "新名"));
        Assert.Contains("新名", (await api.Get("/api/v1/venues")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_list_shows_the_next_time_that_a_member_can_book()
    {
        var space = await Make.Space(await Make.Venue("甲馆"));
        await Make.Slot(space, startsAt: Clock.Now.AddHours(1), state: VenueBooking.Supply.SlotState.Closed);
        await Make.Booking(await Make.Slot(space, startsAt: Clock.Now.AddHours(3)));
        await Make.Slot(space, startsAt: Clock.Now.AddHours(5));
        await Make.Venue("乙馆");
        var page = await App.Visitor().Get("/venues");
        Assert.Equal(["今天 周一 15:00–16:00"], page.All(".card time").Select(t => t.TextContent));
        Assert.Contains("暂无空闲时段", page.Text, StringComparison.Ordinal);
        Assert.Equal(["甲馆"], (await App.Visitor().Get("/venues?activity=badminton")).All(".card-title").Select(t => t.TextContent));
    }

    [Fact]
    public async Task Venues_and_spaces_come_from_a_table_and_the_same_table_again_changes_nothing()
    {
        const string file = "场馆,地址,开放时间,场地,活动,容量\n新馆,新路1号,8-22,1号场,羽毛球,1\n新馆,,,泳池,swimming,40\n";
        Assert.Equal((true, "新增 3 个，修改 0 个"), await ImportAsync(file));
        Assert.Equal((true, "新增 0 个，修改 0 个"), await ImportAsync(file));
        Assert.Equal((true, "新增 0 个，修改 1 个"), await ImportAsync(file.Replace("40", "50", StringComparison.Ordinal)));
        Assert.Equal("1号场 badminton 1, 泳池 swimming 50", await App.Scalar<string>("select string_agg(name || ' ' || activity || ' ' || capacity, ', ' order by name) from spaces"));
        Assert.Equal(7L, await App.Scalar<long>("select count(*) from opening_hours where opens = '08:00' and closes = '22:00'"));
    }

    [Fact]
    public async Task A_table_with_a_mistake_imports_nothing_and_names_row_and_column()
    {
        var (done, line) = await ImportAsync("场馆,地址,场地,活动\n好馆,路1号,1号场,羽毛球\n坏馆,,2号场,飞行\n");
        Assert.False(done);
        Assert.Contains("第 3 行，地址：这里必须填写", line, StringComparison.Ordinal);
        Assert.Contains("第 3 行，活动：没有这种活动", line, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from venues"));
    }

    Task<(bool, string)> ImportAsync(string file) => App.With<IEnumerable<VenueBooking.Startup.IImport>, (bool, string)>(async imports =>
    {
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = new("zh-CN");
        var table = TableReader.Read(System.Text.Encoding.UTF8.GetBytes(file)).Value!;
        var (done, lines) = await imports.Single(i => i.Kind == "venues").RunAsync(table, default);
        System.Globalization.CultureInfo.CurrentUICulture = culture;
        return (done, string.Join('\n', lines).Replace("场馆和场地：", "", StringComparison.Ordinal).TrimEnd('。'));
    });
}

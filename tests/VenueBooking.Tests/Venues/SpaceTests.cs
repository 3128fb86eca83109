using System.Net;
using VenueBooking.Supply;

namespace VenueBooking.Tests.Venues;

public sealed class SpaceTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Staff_add_a_space_by_places_and_change_it()
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        var list = await (await staff.Get($"/staff/venues/{venue.Id}/space")).Press("保存", ("名称", "泳池"), ("英文名称", "Pool"), ("活动", "游泳"),
            ("按名额", "true"), ("名额", "30"), ("一次最多带几人", "3"));
        Assert.Contains("按名额，共 30 个", list.Text, StringComparison.Ordinal);

        var saved = await (await list.Follow("泳池")).Press("保存", ("名额", "40"));
        Assert.Contains("按名额，共 40 个", saved.Text, StringComparison.Ordinal);
        Assert.Equal("30 40", await App.Scalar<string>("select (before->>'capacity') || ' ' || (after->>'capacity') from audit_entries where action = 'space.edit'"));
    }

    [Fact]
    public async Task A_space_needs_an_activity_and_places_that_fit_a_party()
    {
        var venue = await Make.Venue();
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await (await staff.Get($"/staff/venues/{venue.Id}/space")).Press("保存", ("名称", "1 号场"), ("按名额", "true"), ("名额", "5"), ("一次最多带几人", "6"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["#Input_Activity", "#Input_MaxParty"], page.All(".errors a").Select(a => a.GetAttribute("href")!).Order(StringComparer.Ordinal));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from spaces"));
    }

    [Fact]
    public async Task A_space_with_slots_to_come_keeps_its_activity_and_stays_in_use()
    {
        var space = await Make.Space(name: "1 号场");
        await Make.Slot(space, startsAt: Clock.Now.AddMinutes(10));
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await staff.Get($"/staff/venues/{space.VenueId}/space/{space.Id}");
        var changed = await page.Press("保存", ("活动", "网球"));
        Assert.Equal(HttpStatusCode.Conflict, changed.Status);
        Assert.Contains("已经按原来的活动发布了 1 个时段", changed.Text, StringComparison.Ordinal);
        var retired = await page.Press("停用这块场地");
        Assert.Equal(HttpStatusCode.Conflict, retired.Status);
        Assert.Contains("这块场地以后还有 1 个时段", retired.Text, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Contains("场地已停用", (await page.Press("停用这块场地")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1 号场", (await App.Visitor().Get($"/venues/{space.VenueId}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slots_that_are_closed_keep_a_space_and_its_venue_in_use_for_they_can_open_again()
    {
        var space = await Make.Space();
        await Make.Slot(space, state: SlotState.Closed);
        var staff = await App.SignedInAs(await Make.Staff());

        foreach (var (path, button) in new[] { ($"/staff/venues/{space.VenueId}/space/{space.Id}", "停用这块场地"), ($"/staff/venues/{space.VenueId}", "停用这个场馆") })
        {
            var refused = await (await staff.Get(path)).Press(button);
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Contains("以后还有 1 个时段", refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_space_of_another_venue_is_not_there()
    {
        var (space, other) = (await Make.Space(), await Make.Venue());
        var staff = await App.SignedInAs(await Make.Staff());
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get($"/staff/venues/{other.Id}/space/{space.Id}")).Status);
    }

    [Fact]
    public async Task A_stale_space_page_keeps_what_was_typed()
    {
        var space = await Make.Space();
        var staff = await App.SignedInAs(await Make.Staff());
        var path = $"/staff/venues/{space.VenueId}/space/{space.Id}";
        var (first, second) = (await staff.Get(path), await staff.Get(path));
        await first.Press("保存", ("名称", "甲场"));
        var stale = await second.Press("保存", ("名称", "乙场"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("甲场", stale.One(".notice-warning").TextContent, StringComparison.Ordinal);
        await stale.Press("保存");
        Assert.Equal("乙场", await App.Scalar<string>("select name from spaces where id = $1", space.Id));
    }
}

using System.Net;

namespace VenueBooking.Tests.Shared;

/// <summary>Links get old and are mistyped: the list is there all the same, without what could not be read, and says so.</summary>
public sealed class MendedLinkTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData("/admin/audit?who=a&from=99-99-99", "/admin/audit?who=a"), InlineData("/admin/audit?until=abc&from=2026-05-01", "/admin/audit?from=2026-05-01")]
    [InlineData("/admin/audit?subjectId=7", "/admin/audit"), InlineData("/admin/audit?who=a&cursor=x", "/admin/audit?who=a")]
    [InlineData("/admin/users?q=a&page=abc", "/admin/users?q=a"), InlineData("/admin/users?page=-1", "/admin/users")]
    [InlineData("/staff/venues?q=a&page=-5", "/staff/venues?q=a"), InlineData("/staff/agreements?q=a&page=1.5", "/staff/agreements?q=a")]
    [InlineData("/staff/notices?to=a&cursor=zzzz", "/staff/notices?to=a"), InlineData("/staff/notices?ask=perhaps&cursor=x", "/staff/notices")]
    [InlineData("/staff/jobs/send_due_notices?cursor=zzz", "/staff/jobs/send_due_notices")]
    [InlineData("/officer/members?q=a&page=nonsense", "/officer/members?q=a"), InlineData("/officer/members?q=a&union=7", "/officer/members?q=a")]
    [InlineData("/bookings?show=past&cursor=rubbish!", "/bookings?show=past"), InlineData("/bookings?show=future", "/bookings")]
    [InlineData("/desk?q=a&date=x", "/desk?q=a"), InlineData("/desk?q=a&date=9999-12-31", "/desk?q=a"), InlineData("/desk?venue=x&done=x", "/desk")]
    [InlineData("/desk/walk-in?venue=x", "/desk/walk-in"), InlineData("/staff/holidays?year=abc", "/staff/holidays"), InlineData("/staff/holidays?year=99999", "/staff/holidays")]
    public async Task A_list_with_an_address_that_cannot_be_read_is_shown_without_that_and_says_so(string asked, string shown)
    {
        await Make.Venue();
        await Make.Venue();
        var admin = await Make.Admin();
        foreach (var (language, said) in (IEnumerable<(string, string)>)[("zh-CN", "无效，已略去"), ("en", "was not valid, and was left out")])
        {
            var page = await (await App.SignedInAs(admin, language)).Get(asked);
            Assert.Equal((HttpStatusCode.OK, shown), (page.Status, page.Path));
            Assert.Contains(said, page.One(".flash").TextContent, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("/admin/audit?handler=Export&format=csv&from=abc"), InlineData("/officer/members?export=csv&union=7")]
    public async Task A_file_is_not_made_of_an_address_that_cannot_be_read(string asked) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await (await App.SignedInAs(await Make.Admin())).Get(asked)).Status);
}

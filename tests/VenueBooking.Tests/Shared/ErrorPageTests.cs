using System.Net;

namespace VenueBooking.Tests.Shared;

public sealed class ErrorPageTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData("/nowhere/at%20all?x=1", HttpStatusCode.NotFound, "没有找到这一页"), InlineData("/staff/venues?q=1", HttpStatusCode.Forbidden, "您没有权限看这一页")]
    public async Task An_error_has_the_frame_of_every_page_and_its_switches_lead_back_to_it(string path, HttpStatusCode status, string title)
    {
        var visitor = await App.SignedInAs(await Make.Worker());

        var page = await visitor.Get(path);
        Assert.Equal((status, title), (page.Status, page.Title));
        Assert.NotEmpty(page.All("nav.nav a, .menu-list a[href='/account/profile']"));
        var english = await page.Press("English");

        Assert.Equal((status, path, "en"), (english.Status, english.Path, english.One("html").GetAttribute("lang")));
        Assert.Contains("elder", (await english.Press("Larger text")).One("html").ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_api_has_the_frame_of_every_page_and_knows_who_is_signed_in()
    {
        var visitor = await App.SignedInAs(await Make.Worker());

        var page = await visitor.Get("/api/index.html");
        Assert.Equal("/api", page.Path);
        Assert.Single(page.All(".menu-list a[href='/account/profile']"));
        Assert.Equal(("/api", "en"), (await page.Press("English")) is var english ? (english.Path, english.One("html").GetAttribute("lang")) : default);

        var document = page.One("#swagger-ui").GetAttribute("data-document")!;
        foreach (var file in (string[])[document, "/api/swagger-ui.css", "/api/swagger-ui-bundle.js"])
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get(file)).Status);
    }

    [Fact]
    public async Task A_message_waits_for_the_page_one_is_led_to()
    {
        var visitor = App.Visitor();
        visitor.Cookies.Add(await FlashAsync());

        Assert.Empty((await visitor.Get("/nowhere")).All(".flash"));
        Assert.Single((await visitor.Get("/find")).All(".flash"));
    }

    [Fact]
    public async Task A_mistaken_address_of_a_venue_that_is_not_there_leaves_no_message_behind()
    {
        var (visitor, venue) = (App.Visitor(), await Make.Venue());

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/venues/{Guid.CreateVersion7()}/slots?date=tomorrow&activity=chess")).Status);
        Assert.Empty((await visitor.Get("/find")).All(".flash"));
        Assert.Single((await visitor.Get($"/venues/{venue.Id}/slots?date=tomorrow")).All(".flash"));
    }

    /// <summary>As a page leaves it that leads on.</summary>
    async Task<(string, string)> FlashAsync()
    {
        var led = await App.Visitor().Http.GetAsync("/find?date=tomorrow");
        var pair = led.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("flash=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2);
        return (pair[0], pair[1]);
    }
}

namespace VenueBooking.Browser;

public sealed class ReachTests(Browser browser) : BrowserTest(browser)
{
    [Theory, InlineData(Screen.Phone, 360), InlineData(Screen.Desktop, 1280)]
    public async Task A_browser_of_each_size_reaches_the_running_service(Screen screen, int width)
    {
        Expected.Add("favicon");
        Expected.Add("401");

        var page = await Open("/health/ready", screen);

        Assert.Contains("Healthy", await page.TextContentAsync("body"), StringComparison.Ordinal);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => window.screen.width"));
    }
}

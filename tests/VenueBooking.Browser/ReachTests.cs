using Microsoft.Playwright;

namespace VenueBooking.Browser;

public sealed class ReachTests(Browser browser) : BrowserTest(browser)
{
    [Theory, InlineData(Screen.Phone, 360), InlineData(Screen.Desktop, 1280)]
    public async Task A_browser_of_each_size_reaches_the_running_service(Screen screen, int width)
    {
        Expected.Add("favicon");
        Expected.Add("404");

        var page = await Open("/health/ready", screen);

        Assert.Contains("Healthy", await page.TextContentAsync("body"), StringComparison.Ordinal);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => window.screen.width"));
    }

    /// <summary>Not a page of ours: what it lacks is mended from outside, and a new version of it may lack more.</summary>
    [Fact]
    public async Task The_page_to_try_the_api_breaks_no_rule_of_accessibility_nor_of_our_policy()
    {
        var page = await Open("/api", Screen.Desktop);
        await page.ClickAsync("#operations-Slots-listSlots .opblock-summary-control");
        await page.ClickAsync(".try-out__btn");
        await page.WaitForSelectorAsync(".btn.execute");

        await page.AssertAccessible();
    }

    [Fact]
    public async Task The_page_shown_without_a_network_is_in_the_language_chosen_last()
    {
        var page = await Open("/find", Screen.Desktop);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => 0)");
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await page.WaitForFunctionAsync("async () => (await (await caches.match('/offline')).text()).includes('lang=\"en\"')");
        await page.Context.SetOfflineAsync(true);

        await page.GotoAsync("/bookings");

        Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "中文" }).CountAsync());
    }

    [Fact]
    public async Task Offline_a_form_is_not_sent_and_keeps_what_was_filled_in()
    {
        var page = await Open("/account/login");
        await page.GetByLabel("邮箱").FillAsync("wang@test.example");
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync("Correct-Horse-42");
        await page.Context.SetOfflineAsync(true);

        await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();

        await page.GetByText("刚才没有提交").WaitForAsync();
        Assert.Equal("wang@test.example", await page.GetByLabel("邮箱").InputValueAsync());
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Browser;

public sealed class BookingJourneys(Browser browser) : BrowserTest(browser)
{
    AppUser worker = null!;
    Venue hall = null!;
    Space court = null!;
    Slot slot = null!;

    string Tomorrow => SiteTime.DayOf(App.Now).AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        worker = await Make.Worker(name: "王小明");
        hall = await Make.Venue("晨光羽毛球馆", "Chenguang Badminton Hall");
        court = await Make.Space(hall, name: "2号场");
        slot = await Make.Slot(court);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Worker_books_tomorrows_badminton_on_a_phone_with_and_without_scripts(bool scripts)
    {
        var page = await Open("/", signedInAs: worker, javaScript: scripts);

        await page.Locator("main a.chip", new() { HasText = "羽毛球" }).ClickAsync();
        await page.Locator(".days a", new() { HasText = "明天" }).ClickAsync();
        await page.Locator("#results a.chip").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "确认预约" }).ClickAsync();
        await page.WaitForURLAsync("**/bookings/*");

        var booking = await App.Query(db => db.Set<Booking>().SingleAsync());
        Assert.Equal(slot.Id, booking.SlotId);
        Assert.Contains(booking.Code, await page.Locator(".big-code").TextContentAsync(), StringComparison.Ordinal);
        await page.WaitForLoadStateAsync();
        Assert.True(await page.Locator(".qr img").EvaluateAsync<bool>("image => image.naturalWidth > 0"));
        Assert.True(await page.Locator(".big-code").EvaluateAsync<bool>(
            "code => code.getBoundingClientRect().bottom < document.querySelector('.tabbar').getBoundingClientRect().top"), "The ticket's code is out of sight");
        await page.AssertFitsScreen();
    }

    [Fact]
    public async Task Choosing_a_filter_swaps_the_results_and_keeps_the_address()
    {
        var page = await Open($"/find?date={Tomorrow}");

        await page.Locator("label.choice", new() { HasText = "上午" }).ClickAsync();
        await page.GetByText("这一天没有符合条件的空位").WaitForAsync();

        Assert.Contains("time=morning", page.Url, StringComparison.Ordinal);
        Assert.Contains($"date={Tomorrow}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slot_grid_on_screen_fades_what_another_books()
    {
        var page = await Open($"/venues/{hall.Id}/slots?date={Tomorrow}", signedInAs: worker);
        Assert.Equal(1, await page.Locator("a.chip-free").CountAsync());

        var other = await Open($"/slots/{slot.Id}/book", signedInAs: await Make.Worker());
        await other.GetByRole(AriaRole.Button, new() { Name = "确认预约" }).ClickAsync();

        await page.Locator(".chip-full").WaitForAsync();
        Assert.Equal(0, await page.Locator("a.chip-free").CountAsync());
    }

    [Fact]
    public async Task Owner_cancels_in_a_dialog()
    {
        var booking = await Make.Booking(slot, worker);
        var page = await Open($"/bookings/{booking.Id}", signedInAs: worker);

        await page.GetByRole(AriaRole.Link, new() { Name = "取消预约" }).ClickAsync();
        await page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "取消预约" }).ClickAsync();

        await page.GetByText("取消了这次预约").WaitForAsync();
        Assert.Equal(BookingState.Cancelled, await App.Query(db => db.Set<Booking>().Select(b => b.State).SingleAsync()));
    }

    [Fact]
    public async Task Desk_checks_in_by_code()
    {
        // Of this very hour: a desk checks in from an hour before the start.
        var now = await Make.Slot(court, SiteTime.At(SiteTime.DayOf(App.Now), new(SiteTime.TimeOf(App.Now).Hour, 0)));
        var booking = await Make.Booking(now, worker);
        var page = await Open("/desk", signedInAs: await Make.Desk(hall));

        await page.GetByLabel("签到码", new() { Exact = true }).FillAsync(booking.Code);
        await page.Keyboard.PressAsync("Enter");

        Assert.Contains("王小明", await page.Locator(".result-good").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Desk_sees_what_the_camera_sees_and_puts_it_away()
    {
        var page = await Open("/desk", signedInAs: await Make.Desk(hall));

        await page.GetByRole(AriaRole.Button, new() { Name = "打开摄像头扫码" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "关闭摄像头" }).WaitForAsync();
        Assert.True((await page.Locator("video").BoundingBoxAsync())?.Height > 200, "The picture is not shown");

        await page.GetByRole(AriaRole.Button, new() { Name = "关闭摄像头" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "打开摄像头扫码" }).WaitForAsync();
        Assert.False(await page.Locator("video").IsVisibleAsync());
    }

    [Theory]
    [InlineData(Screen.Phone, "zh-CN", ColorScheme.Light), InlineData(Screen.Desktop, "en", ColorScheme.Dark)]
    public async Task Every_page_is_accessible_and_fits(Screen screen, string language, ColorScheme colours)
    {
        var booking = await Make.Booking(slot, worker);
        var other = await Make.Slot(court, slot.EndsAt);
        var clerk = await Make.Desk(hall);
        await Make.Booking(await Make.Slot(court, SiteTime.At(SiteTime.DayOf(App.Now), new(19, 0))), await Make.Worker());
        var page = await Open("/", screen, language, colours: colours);
        await Check(page);
        page = await Open("/", screen, language, worker, colours: colours);
        foreach (var path in new[]
                 {
                     "/", "/find", $"/find?date={Tomorrow}", $"/venues/{hall.Id}/slots?date={Tomorrow}", $"/slots/{other.Id}/book", $"/slots/{slot.Id}/book",
                     $"/bookings/{booking.Id}", $"/bookings/{booking.Id}/cancellation", $"/bookings/{booking.Id}/confirm", "/bookings", "/bookings?show=past", "/bookings/calendar",
                 })
            await Check(page, path);
        page = await Open("/desk", screen, language, clerk, colours: colours);
        await Check(page);
        await Check(page, $"/desk/walk-in?venue={hall.Id}");
    }

    static async Task Check(IPage page, string? path = null)
    {
        if (path is not null)
            await page.GotoAsync(path);
        await page.AssertAccessible();
        await page.AssertFitsScreen();
    }
}

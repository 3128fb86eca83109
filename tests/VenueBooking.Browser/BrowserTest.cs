using Microsoft.Playwright;
using VenueBooking.Accounts;
using VenueBooking.Tests;

namespace VenueBooking.Browser;

/// <summary>
/// Base of every journey: <c>public sealed class BookingJourney(Browser browser) : BrowserTest(browser)</c>. Each test finds
/// an empty database. An error in the page's console or a blocked resource fails the test.
/// </summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(Browser browser) : IAsyncLifetime
{
    readonly List<IBrowserContext> windows = [];
    readonly List<string> complaints = [];

    protected App App => browser.App;
    protected Make Make => browser.App.Make;

    /// <summary>Complaints of the browser that this test expects: a 404 it asks for, say.</summary>
    protected List<string> Expected { get; } = [];

    /// <summary>A page in a window of its own.</summary>
    protected async Task<IPage> Open(
        string path, Screen screen = Screen.Phone, string language = "zh-CN", AppUser? signedInAs = null, bool javaScript = true,
        ColorScheme colours = ColorScheme.Light)
    {
        var window = await browser.OpenAsync(screen, language, signedInAs, javaScript, colours);
        windows.Add(window);
        var page = await window.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(path);
        return page;
    }

    public virtual Task InitializeAsync() => App.ResetAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var window in windows) await window.DisposeAsync();
        complaints.RemoveAll(c => Expected.Any(e => c.Contains(e, StringComparison.Ordinal)));
        Assert.Empty(complaints);
    }
}

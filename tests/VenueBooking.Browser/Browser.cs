using Microsoft.Playwright;
using VenueBooking.Accounts;
using VenueBooking.Tests;
using VenueBooking.Tests.Support;

namespace VenueBooking.Browser;

/// <summary>One running service on a port of its own and one Chromium, for all browser tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    IPlaywright playwright = null!;
    IBrowser chromium = null!;

    public App App { get; private set; } = null!;
    /// <summary>By name, not by number: passkeys belong to a domain, and 127.0.0.1 is none.</summary>
    string Address => new UriBuilder(App.Address) { Host = "localhost" }.Uri.ToString();

    public async Task InitializeAsync()
    {
        App = await App.StartLiveAsync();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        });
    }

    /// <summary>A new window with nothing remembered, closed by the test's end.</summary>
    internal async Task<IBrowserContext> OpenAsync(Screen screen, string language, AppUser? user, bool javaScript, ColorScheme colours)
    {
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = Address,
            ViewportSize = screen == Screen.Phone ? new() { Width = 360, Height = 740 } : new() { Width = 1280, Height = 900 },
            HasTouch = screen == Screen.Phone,
            IsMobile = screen == Screen.Phone,
            Locale = language,
            TimezoneId = "Asia/Shanghai",
            JavaScriptEnabled = javaScript,
            ColorScheme = colours,
        });
        context.SetDefaultTimeout(10_000);
        if (user is not null) await context.AddCookiesAsync([await CookieAsync(user)]);
        return context;
    }

    async Task<Cookie> CookieAsync(AppUser user)
    {
        var (name, value) = await Tickets.CookieAsync(App, user, twoFactor: true);
        return new() { Name = name, Value = value, Url = Address, HttpOnly = true };
    }

    public async Task DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
        await App.DisposeAsync();
    }
}

public enum Screen { Phone, Desktop }

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}

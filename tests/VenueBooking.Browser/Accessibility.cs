using System.Text.Json;
using Microsoft.Playwright;
using VenueBooking.Tests.Support;

namespace VenueBooking.Browser;

/// <summary>What axe-core and a ruler find on a page.</summary>
public static class Accessibility
{
    static readonly Lazy<string> Axe = new(() => File.ReadAllText(Repository.Path("node_modules/axe-core/axe.min.js")));

    /// <summary>Fails on a violation of any severity, and names the elements.</summary>
    public static async Task AssertAccessible(this IPage page)
    {
        // Evaluated by the debugger, so the page's own Content-Security-Policy does not stand in the way.
        await page.EvaluateAsync(Axe.Value + "; 0");
        var result = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.map(v => ({ id: v.id, nodes: v.nodes.map(n => n.html) }))");
        Assert.Empty(result.EnumerateArray().Select(v => $"{page.Url}: {v.GetRawText()}"));
    }

    /// <summary>Fails where the page is wider than the screen.</summary>
    public static async Task AssertFitsScreen(this IPage page)
    {
        var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
        Assert.True(over <= 0, $"{page.Url} is {over} px wider than the screen");
    }
}

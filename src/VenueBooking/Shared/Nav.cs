using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using VenueBooking.Web;

namespace VenueBooking.Shared;

/// <summary>Where a way leads from: the bar at the top, the tab bar of a phone, the account menu, or what a guest sees in its place.</summary>
public enum NavPlace { Main, Tab, Account, Guest }

/// <summary>
/// A way to a page, contributed by the module that has it: <c>services.AddNav(new("nav_venues", "/Venues/Index", Policies.Staff, 40))</c>.
/// </summary>
/// <param name="TextKey">Its words, found in any module's texts.</param>
/// <param name="Page">The Razor page, as for <c>asp-page</c>. A page that is not there yields no way.</param>
/// <param name="Policy">Who sees it; null: everyone.</param>
/// <param name="Order">Lower comes first: 0–9 workers, 10–19 desks, 20–29 officers, 30–69 staff, 70 and up administrators.</param>
public sealed record NavItem(string TextKey, string Page, string? Policy, int Order)
{
    public NavPlace Place { get; init; } = NavPlace.Main;
    public string Icon { get; init; } = "right";
    /// <summary>A button that posts (sign out), not a link.</summary>
    public bool Posts { get; init; }
}

public sealed record NavLink(string Text, string Url, string Icon, bool IsHere, bool Posts);

/// <summary>The ways open to the person who asks, with the one they are on marked.</summary>
public sealed class Navigation(IEnumerable<NavItem> items, IAuthorizationService authorization, LinkGenerator links, Texts texts)
{
    readonly NavItem[] ordered = [.. items.OrderBy(i => i.Order)];

    public async Task<IReadOnlyList<NavLink>> For(HttpContext context, NavPlace place)
    {
        var found = new List<(NavItem Item, string Url)>();
        foreach (var item in ordered)
            if (item.Place == place && links.GetPathByPage(context, item.Page) is { } url && await MaySee(context.User, item))
                found.Add((item, url));
        var here = found.Select(f => f.Url).Where(url => IsAt(context, url)).MaxBy(url => url.Length);
        return [.. found.Select(f => new NavLink(texts[f.Item.TextKey], f.Url, f.Item.Icon, f.Url == here, f.Item.Posts))];
    }

    async Task<bool> MaySee(ClaimsPrincipal user, NavItem item) =>
        item.Policy is null || (await authorization.AuthorizeAsync(user, item.Policy)).Succeeded;

    static bool IsAt(HttpContext context, string url)
    {
        var path = context.Request.PathBase.Add(context.Request.Path);
        return url.EndsWith('/') ? path.Value == url : path.StartsWithSegments(url);
    }
}

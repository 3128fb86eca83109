using System.Collections.Concurrent;
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
    /// <summary>Pages that belong to it though their addresses do not lie under its own.</summary>
    public string[] Holds { get; init; } = [];
}

public sealed record NavLink(string Text, string Url, string Icon, bool IsHere, bool Posts);

/// <summary>The ways open to the person who asks, by place, with the one they are on marked. On every page, hence quick.</summary>
public sealed class Navigation(IEnumerable<NavItem> items, IAuthorizationService authorization, LinkGenerator links, Texts texts)
{
    readonly NavItem[] ordered = [.. items.OrderBy(i => i.Order)];
    readonly ConcurrentDictionary<(NavItem Item, string? PathBase), string?> urls = new();

    public async Task<ILookup<NavPlace, NavLink>> OpenToAsync(HttpContext context)
    {
        var policies = await GrantedAsync(context.User);
        var open = ordered.Where(item => item.Policy is null || policies.Contains(item.Policy))
            .Select(item => (Item: item, Url: UrlOf(item, context.Request.PathBase)))
            .Where(way => way.Url is not null).ToList();
        var here = open.GroupBy(way => way.Item.Place).ToDictionary(place => place.Key, place => Here(context, [.. place]));
        return open.ToLookup(way => way.Item.Place,
            way => new NavLink(texts[way.Item.TextKey], way.Url!, way.Item.Icon, way.Url == here[way.Item.Place], way.Item.Posts));
    }

    async Task<HashSet<string>> GrantedAsync(ClaimsPrincipal user)
    {
        var granted = new HashSet<string>();
        // Every policy asks for somebody who is signed in.
        if (user.Identity?.IsAuthenticated != true)
            return granted;
        foreach (var policy in ordered.Select(item => item.Policy).OfType<string>().Distinct())
            if ((await authorization.AuthorizeAsync(user, policy)).Succeeded)
                granted.Add(policy);
        return granted;
    }

    string? UrlOf(NavItem item, PathString pathBase) =>
        urls.GetOrAdd((item, pathBase.Value), way => links.GetPathByPage(way.Item.Page, pathBase: way.PathBase));

    /// <summary>The way that holds the page, or of those that lead to where the person is the one that says it most exactly.</summary>
    static string? Here(HttpContext context, IReadOnlyList<(NavItem Item, string? Url)> ways) =>
        context.GetRouteValue("page") is string page && ways.FirstOrDefault(way => way.Item.Holds.Contains(page)).Url is { } holding ? holding
        : ways.Select(way => way.Url!).Where(url => IsAt(context, url)).MaxBy(url => url.Length);

    static bool IsAt(HttpContext context, string url)
    {
        var path = context.Request.PathBase.Add(context.Request.Path);
        return url.EndsWith('/') ? path.Value == url : path.StartsWithSegments(url);
    }
}

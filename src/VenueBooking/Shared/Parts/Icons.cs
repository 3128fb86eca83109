using System.Collections.Frozen;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace VenueBooking.Shared.Parts;

/// <summary>The icons: drawn on a 24-unit grid with a 2-unit stroke, in the colour of the text around them.</summary>
public static class Icons
{
    static readonly FrozenDictionary<string, HtmlString> All = new Dictionary<string, string>
    {
        ["home"] = "M3 11 12 3l9 8M5 9.5V21h5v-6h4v6h5V9.5",
        ["search"] = "M16 16l5 5M18 10.5a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z",
        ["ticket"] = "M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4zM14 6v2M14 11v2M14 16v2",
        ["user"] = "M16 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7",
        ["people"] = "M13 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM2.5 20c0-4 3-6 7-6s7 2 7 6M16 4.7a3.5 3.5 0 0 1 0 6.6M18 14.6c2.2.8 3.5 2.6 3.5 5.4",
        ["calendar"] = "M4 5h16v16H4zM4 10h16M8 2.5V7M16 2.5V7",
        ["clock"] = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3.5 2",
        ["pin"] = "M12 21.5s7-6.4 7-11.5a7 7 0 1 0-14 0c0 5.1 7 11.5 7 11.5zM14.5 10a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
        ["check"] = "M4.5 12.5l5 5 10-11",
        ["good"] = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM8 12.3l2.8 2.8L16 9.5",
        ["text"] = "M2.5 19 8 5l5.5 14M4.5 14.5h7M14.5 19l3.5-9 3.5 9M15.8 16h4.4",
        ["x"] = "M5 5l14 14M19 5L5 19",
        ["bad"] = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM9 9l6 6M15 9l-6 6",
        ["info"] = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 11v6M12 7v.5",
        ["warn"] = "M12 3.5 22 20.5H2zM12 10v5M12 17.5v.5",
        ["off"] = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM8 12h8",
        ["left"] = "M15 5l-7 7 7 7",
        ["right"] = "M9 5l7 7-7 7",
        ["up"] = "M12 20V4M5 11l7-7 7 7",
        ["down"] = "M12 4v16M5 13l7 7 7-7",
        ["chevron-down"] = "M5 9l7 7 7-7",
        ["sort"] = "M8 9l4-5 4 5M8 15l4 5 4-5",
        ["plus"] = "M12 4v16M4 12h16",
        ["edit"] = "M4 20l1-5L16.5 3.5l4 4L9 19zM14 6l4 4",
        ["bin"] = "M4 6.5h16M9 6V3.5h6V6M6 6.5 7 21h10l1-14.5M10 11v6M14 11v6",
        ["camera"] = "M3 8V3h5M21 8V3h-5M3 16v5h5M21 16v5h-5M7 12h10",
        ["photo"] = "M3 5h18v14H3zM3 16.5l5-5 4.5 4.5 3-3 5.5 5.5M17 9v.01",
        ["share"] = "M12 15V3M8 6.5 12 3l4 3.5M6 10H4v11h16V10h-2",
        ["copy"] = "M8 8h12v13H8zM16 8V3H4v13h4",
        ["print"] = "M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z",
        ["mail"] = "M3 5h18v14H3zM3 6.5l9 7 9-7",
        ["phone"] = "M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v4c0 1-1 2-2 2C10 21 3 14 3 5c0-1 1-2 2-2z",
        ["lock"] = "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4",
        ["key"] = "M11 14.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM9.7 11.3 19 2M16 5l3.5 3.5M13 8l2.5 2.5",
        ["download"] = "M12 3v12M7 10.5l5 4.5 5-4.5M4 20.5h16",
        ["upload"] = "M12 16V4M7 8.5 12 4l5 4.5M4 20.5h16",
        ["exit"] = "M10 4H4v16h6M9 12h12M16.5 7.5 21 12l-4.5 4.5",
        ["settings"] = "M4 7h8M18 7h2M4 17h2M12 17h8M18 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM12 17a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
        ["building"] = "M4 21V4h10v17M14 9h6v12M2.5 21h19M8 8h2M8 12h2M8 16h2M17 13v.5M17 17v.5",
        ["list"] = "M9 6h12M9 12h12M9 18h12M4 6v.01M4 12v.01M4 18v.01",
        ["gauge"] = "M4.5 19a9.5 9.5 0 1 1 15 0M12 14l4-5",
        ["offline"] = "M2 2l20 20M5 12.5c1.2-1.2 2.7-2 4.3-2.4M2 8.8a15 15 0 0 1 4.5-2.9M12 5c3.8 0 7.3 1.4 10 3.8M15 10.6c1.5.4 2.9 1.1 4 2.1M8.5 16c2-1.6 5-1.6 7 0M12 20v.01",
        ["star"] = "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2 6.4 20.3l1.2-6.3L3 9.6l6.3-.8z",
        ["paper"] = "M5 3h9l5 5v13H5zM14 3v5h5M9 13h6M9 17h6",
    }.ToFrozenDictionary(i => i.Key, i => new HtmlString(
        "<svg class=\"icon\" width=\"20\" height=\"20\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" " +
        $"stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\"><path d=\"{i.Value}\"/></svg>"));

    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    public static IHtmlContent Of(string name) =>
        All.TryGetValue(name, out var icon) ? icon : throw new ArgumentException($"There is no icon '{name}'.", nameof(name));

    public static IHtmlContent OrNone(string? name) => name is null ? HtmlString.Empty : Of(name);
}

/// <summary><c>&lt;part-icon name="clock" /&gt;</c>: an icon beside a word. It says nothing to a screen reader; the word does.</summary>
[HtmlTargetElement("part-icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconPart : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Icons.Of(Name));
    }
}

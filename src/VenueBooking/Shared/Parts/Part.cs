using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace VenueBooking.Shared.Parts;

/// <summary>A part of a page: one tag, one look. docs/style.md shows each with an example, /_parts in every state.</summary>
public abstract class Part : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    protected HttpRequest Request => ViewContext.HttpContext.Request;

    /// <summary>Razor hands a null over as empty text.</summary>
    protected static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>Turns <c>&lt;part-x&gt;</c> into <paramref name="element"/> with our classes before the page's own.</summary>
    protected static void Become(TagHelperOutput output, string element, params ReadOnlySpan<string> classes)
    {
        output.TagName = element;
        output.TagMode = TagMode.StartTagAndEndTag;
        foreach (var name in classes)
            output.AddClass(name, HtmlEncoder.Default);
    }
}

/// <summary>A part that can lead somewhere: by <c>asp-page</c> and <c>asp-route-*</c> (preferred), or by <c>href</c>.</summary>
public abstract class LinkPart(IUrlHelperFactory urls) : Part
{
    public string? Href { get; set => field = Given(value); }

    [HtmlAttributeName("asp-page")]
    public string? Page { get; set => field = Given(value); }

    [HtmlAttributeName("asp-page-handler")]
    public string? PageHandler { get; set => field = Given(value); }

    [HtmlAttributeName("asp-fragment")]
    public string? Fragment { get; set => field = Given(value); }

    [HtmlAttributeName("asp-all-route-data", DictionaryAttributePrefix = "asp-route-")]
    public IDictionary<string, string?> RouteData { get; set; } = new Dictionary<string, string?>();

    protected string? Url =>
        Href ?? (Page is null ? null : urls.GetUrlHelper(ViewContext).Page(Page, PageHandler, RouteData, null, null, Fragment));
}

static class Html
{
    /// <summary>Markup with encoded values in its <c>{0}</c> places.</summary>
    public static IHtmlContentBuilder Add(this IHtmlContentBuilder builder, string markup, params object?[] values) =>
        builder.AppendFormat(CultureInfo.InvariantCulture, markup, values!);

    public static void AddClass(this TagHelperOutput output, string name) => output.AddClass(name, HtmlEncoder.Default);

    public static HtmlContentBuilder Of(string markup, params object?[] values)
    {
        var builder = new HtmlContentBuilder();
        builder.Add(markup, values);
        return builder;
    }
}

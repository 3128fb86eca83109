using System.Globalization;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Shared.Parts;

/// <summary>
/// The head of a page: its one h1 (also the window's title), a lead, a way back (<c>asp-page</c>/<c>href</c>, words in
/// <c>back</c>), and as content what one can do here.
/// </summary>
[HtmlTargetElement("part-head")]
public sealed class HeadPart(IUrlHelperFactory urls, IStringLocalizer<SharedText> words) : LinkPart(urls)
{
    public required string Title { get; set; }
    public string? Lead { get; set => field = Given(value); }
    public string? Back { get; set => field = Given(value); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var actions = await output.GetChildContentAsync();
        ViewContext.ViewData["Title"] = Title;
        Become(output, "div", "head");
        if (Url is { } url)
            output.Content.Add("<a class=\"back\" href=\"{0}\">{1}{2}</a>", url, Icons.Of("left"), Back ?? words["back"].Value);
        output.Content.Add("<div class=\"head-row\"><div><h1>{0}</h1>", Title);
        if (Lead is not null)
            output.Content.Add("<p class=\"lead\">{0}</p>", Lead);
        output.Content.AppendHtml("</div>");
        if (!actions.IsEmptyOrWhiteSpace)
            output.Content.AppendHtml("<div class=\"row no-print\">").AppendHtml(actions).AppendHtml("</div>");
        output.Content.AppendHtml("</div>");
    }
}

/// <summary>A surface for one thing. With a link the whole card is tappable and the title is its name.</summary>
[HtmlTargetElement("part-card")]
public sealed class CardPart(IUrlHelperFactory urls) : LinkPart(urls)
{
    public string? Title { get; set => field = Given(value); }
    public int Level { get; set; } = 2;
    /// <summary>The one card that matters most here (my next booking).</summary>
    public bool Mark { get; set; }
    public bool Roomy { get; set; }
    public string? Photo { get; set => field = Given(value); }
    public string PhotoAlt { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "article", "card");
        if (Mark)
            output.AddClass("card-mark");
        if (Roomy)
            output.AddClass("card-roomy");
        if (Photo is not null)
            output.Content.Add("<img class=\"card-photo\" src=\"{0}\" alt=\"{1}\" width=\"640\" height=\"360\" loading=\"lazy\" decoding=\"async\">", Photo, PhotoAlt);
        if (Title is not null)
            AddTitle(output, Level.ToString(CultureInfo.InvariantCulture));
        output.Content.AppendHtml(content);
    }

    void AddTitle(TagHelperOutput output, string level)
    {
        if (Url is { } url)
            output.Content.Add("<h{0} class=\"card-title\"><a href=\"{1}\">{2}</a></h{0}>", level, url, Title);
        else
            output.Content.Add("<h{0} class=\"card-title\">{1}</h{0}>", level, Title);
    }
}

/// <summary>Names and values, one under the other: what a thing is.</summary>
[HtmlTargetElement("part-facts")]
public sealed class FactsPart : Part
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "dl", "facts");
}

[HtmlTargetElement("part-fact")]
public sealed class FactPart : Part
{
    public required string Label { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "div");
        output.Content.SetHtmlContent(Html.Of("<dt>{0}</dt><dd>", Label)).AppendHtml(content).AppendHtml("</dd>");
    }
}

/// <summary>
/// Asks before something is done. Opened by <c>&lt;part-button opens="id"&gt;</c>; put the form inside. With <c>inline</c> it is
/// part of the page: for the page one lands on without JavaScript.
/// </summary>
[HtmlTargetElement("part-dialog")]
public sealed class DialogPart : Part
{
    public required string Id { get; set; }
    public required string Title { get; set; }
    public bool Inline { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, Inline ? "section" : "dialog", "dialog");
        if (Inline)
            output.AddClass("dialog-inline");
        output.Attributes.SetAttribute("id", Id);
        output.Attributes.SetAttribute("aria-labelledby", $"{Id}-title");
        output.Content.SetHtmlContent(Html.Of("<h2 id=\"{0}-title\">{1}</h2>", Id, Title)).AppendHtml(content);
    }
}

/// <summary>More to read or fill in, folded away.</summary>
[HtmlTargetElement("part-more")]
public sealed class MorePart : Part
{
    public required string Label { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "details", "more");
        output.Content.SetHtmlContent(Html.Of("<summary>{0}{1}</summary><div>", Icons.Of("right"), Label)).AppendHtml(content).AppendHtml("</div>");
    }
}

/// <summary>A few rarer actions behind one button: links, or forms of one button each, as content.</summary>
[HtmlTargetElement("part-menu")]
public sealed class MenuPart : Part
{
    public required string Label { get; set; }
    public string? Icon { get; set => field = Given(value); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "details", "menu");
        output.Attributes.SetAttribute(new TagHelperAttribute("data-menu"));
        output.Content.SetHtmlContent(Html.Of("<summary class=\"button\">{0}<span>{1}</span>{2}</summary><div class=\"menu-list\">",
            Icons.OrNone(Icon), Label, Icons.Of("chevron-down"))).AppendHtml(content).AppendHtml("</div>");
    }
}

/// <summary>Where one is in something that takes several pages. <c>current</c> counts from 1.</summary>
[HtmlTargetElement("part-steps", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StepsPart(IStringLocalizer<SharedText> words) : Part
{
    public required IReadOnlyList<string> Names { get; set; }
    public int Current { get; set; } = 1;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "ol", "steps");
        output.Attributes.SetAttribute("aria-label", words["steps"].Value);
        for (var step = 1; step <= Names.Count; step++)
            output.Content.Add(step < Current ? "<li class=\"done\"><span>{0}<span class=\"sr\"> {1}</span></span></li>"
                : step == Current ? "<li aria-current=\"step\"><span>{0}</span></li>" : "<li><span>{0}</span></li>",
                Names[step - 1], words["step_done"].Value);
    }
}

/// <summary>A few views of the same thing, each with its own address. <c>label</c> names the group for screen readers.</summary>
[HtmlTargetElement("part-tabs")]
public sealed class TabsPart : Part
{
    public required string Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "nav", "tabs");
        output.Attributes.SetAttribute("aria-label", Label);
    }
}

[HtmlTargetElement("part-tab")]
public sealed class TabPart(IUrlHelperFactory urls) : LinkPart(urls)
{
    public bool Current { get; set; }
    public int? Count { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "a");
        output.Attributes.SetAttribute("href", Url);
        if (Current)
            output.Attributes.SetAttribute("aria-current", "page");
        output.Content.SetHtmlContent(content);
        if (Count is { } count)
            output.Content.Add(" <span class=\"muted\">{0}</span>", count.ToString("N0", CultureInfo.CurrentCulture));
    }
}

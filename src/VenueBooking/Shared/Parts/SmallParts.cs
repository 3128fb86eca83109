using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace VenueBooking.Shared.Parts;

public enum Mood { Off, Info, Good, Warn, Bad }

/// <summary>The state of a thing in a word, with a shape of its own besides the colour.</summary>
[HtmlTargetElement("part-badge")]
public sealed class BadgePart : Part
{
    public Mood State { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var mood = State.Word();
        Become(output, "span", "badge", $"badge-{mood}");
        output.Content.SetHtmlContent(Icons.Of(mood)).AppendHtml(content);
    }
}

public enum NoticeKind { Info, Success, Warning, Error }

/// <summary>A message in the page. An error is announced at once.</summary>
[HtmlTargetElement("part-notice")]
public sealed class NoticePart : Part
{
    public NoticeKind Kind { get; set; }
    public string? Title { get; set => field = Given(value); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "div", "notice", $"notice-{Word(Kind)}");
        if (!output.Attributes.ContainsName("role"))
            output.Attributes.SetAttribute("role", Kind is NoticeKind.Error ? "alert" : "status");
        output.Content.SetHtmlContent(Icons.Of(Icon(Kind))).AppendHtml("<div>");
        if (Title is not null)
            output.Content.Add("<strong>{0}</strong>", Title);
        output.Content.AppendHtml(content).AppendHtml("</div>");
    }

    public static string Word(NoticeKind kind) => kind switch
    {
        NoticeKind.Success => "success",
        NoticeKind.Warning => "warning",
        NoticeKind.Error => "error",
        _ => "info",
    };

    static string Icon(NoticeKind kind) => kind switch
    {
        NoticeKind.Success => "good",
        NoticeKind.Warning => "warn",
        NoticeKind.Error => "bad",
        _ => "info",
    };
}

/// <summary>Nothing here: say so, say what to do next, and give the button for it as content.</summary>
[HtmlTargetElement("part-empty")]
public sealed class EmptyPart : Part
{
    public required string Title { get; set; }
    public string Icon { get; set; } = "search";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "div", "empty");
        output.Content.SetHtmlContent(Icons.Of(Icon)).AppendHtml(Html.Of("<h2>{0}</h2><div>", Title)).AppendHtml(content).AppendHtml("</div>");
    }
}

/// <summary>The answer at a desk, readable at arm's length: a green tick and a name, or the reason why not.</summary>
[HtmlTargetElement("part-result")]
public sealed class ResultPart : Part
{
    public Mood State { get; set; } = Mood.Good;
    public required string Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "div", "result", $"result-{State.Word()}");
        output.Attributes.SetAttribute("role", "alert");
        output.Content.SetHtmlContent(Icons.Of(State.Word())).AppendHtml(Html.Of("<h2>{0}</h2><div>", Title)).AppendHtml(content).AppendHtml("</div>");
    }
}

/// <summary>One number of a dashboard with its name, perhaps a remark (content) and a way to what is behind it.</summary>
[HtmlTargetElement("part-stat")]
public sealed class StatPart(IUrlHelperFactory urls) : LinkPart(urls)
{
    public required string Label { get; set; }
    public required string Value { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "div", "stat");
        output.Content.Add("<p class=\"stat-label\">{0}</p>", Label);
        if (Url is { } url)
            output.Content.Add("<p class=\"stat-value\"><a href=\"{0}\">{1}</a></p>", url, Value);
        else
            output.Content.Add("<p class=\"stat-value\">{0}</p>", Value);
        if (!content.IsEmptyOrWhiteSpace)
            output.Content.AppendHtml("<div class=\"stat-hint\">").AppendHtml(content).AppendHtml("</div>");
    }
}

/// <summary>How much of something is used, as a bar; the words beside it say it too.</summary>
[HtmlTargetElement("part-meter", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MeterPart : Part
{
    public required string Label { get; set; }
    public long Value { get; set; }
    public long Max { get; set; } = 100;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "progress", "meter");
        output.Attributes.SetAttribute("value", Value);
        output.Attributes.SetAttribute("max", Max);
        output.Attributes.SetAttribute("aria-label", Label);
    }
}

/// <summary>An e-mail address. Where it does not fit on a line, it breaks before the @.</summary>
[HtmlTargetElement("part-address", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AddressPart : Part
{
    public required string Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "span");
        var at = Math.Max(Of.LastIndexOf('@'), 0);
        output.Content.Add("{0}<wbr>{1}", Of[..at], Of[at..]);
    }
}

static class MoodWords
{
    public static string Word(this Mood mood) => mood switch
    {
        Mood.Info => "info",
        Mood.Good => "good",
        Mood.Warn => "warn",
        Mood.Bad => "bad",
        _ => "off",
    };
}

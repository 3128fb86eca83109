using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Shared.Parts;

/// <summary>
/// The ticket one shows at the door: title, what and when as content (part-facts), and below the tear-off line the QR code
/// (<c>qr</c> as SVG content, or <c>qr-src</c>) with the code in big letters. Prints on one page.
/// </summary>
[HtmlTargetElement("part-ticket")]
public sealed class TicketPart(IStringLocalizer<SharedText> words) : Part
{
    public required string Title { get; set; }
    public required string Code { get; set; }
    public IHtmlContent? Qr { get; set; }
    public string? QrSrc { get; set => field = Given(value); }
    /// <summary>What to do with it: "出示给前台".</summary>
    public string? Hint { get; set => field = Given(value); }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "article", "ticket");
        output.Content.SetHtmlContent(Html.Of("<div class=\"ticket-top\"><h2>{0}</h2>", Title)).AppendHtml(content)
            .AppendHtml("</div><div class=\"ticket-code\">");
        if (Qr is not null)
            output.Content.Add("<div class=\"qr\" role=\"img\" aria-label=\"{0}\">{1}</div>", words["qr_code"].Value, Qr);
        else if (QrSrc is not null)
            output.Content.Add("<div class=\"qr\"><img src=\"{0}\" alt=\"{1}\" width=\"240\" height=\"240\"></div>", QrSrc, words["qr_code"].Value);
        output.Content.Add("<p class=\"big-code\" translate=\"no\"><span class=\"sr\">{0} </span>{1}</p>", words["ticket_code"].Value, Code);
        if (Hint is not null)
            output.Content.Add("<p class=\"muted\">{0}</p>", Hint);
        output.Content.AppendHtml("</div>");
    }
}

/// <summary>What the site is for, on the page one arrives at: the h1, a lead, and as content the main action.</summary>
[HtmlTargetElement("part-hero")]
public sealed class HeroPart : Part
{
    public required string Title { get; set; }
    public string? Lead { get; set => field = Given(value); }
    public int Level { get; set; } = 1;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "section", "hero");
        output.Content.Add("<h{0}>{1}</h{0}>", Level.ToString(System.Globalization.CultureInfo.InvariantCulture), Title);
        if (Lead is not null)
            output.Content.Add("<p class=\"lead\">{0}</p>", Lead);
        output.Content.AppendHtml(content);
    }
}

/// <summary>
/// The camera of a desk page: reads a QR code into the field whose id is <c>target</c> and sends its form. The field itself
/// stays there for typing, so a desk without camera or JavaScript loses nothing.
/// </summary>
[HtmlTargetElement("part-scan", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ScanPart(IStringLocalizer<SharedText> words) : Part
{
    public required string Target { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "stack-tight", "needs-js", "no-print");
        output.Attributes.SetAttribute("data-scan-target", Target);
        output.Attributes.SetAttribute("data-denied", words["camera_denied"].Value);
        output.Attributes.SetAttribute("data-stop", words["scan_stop"].Value);
        output.Content.Add("<video class=\"scan\" hidden muted playsinline></video><p role=\"status\"></p>"
            + "<button type=\"button\" class=\"button button-wide\" data-scan>{0}<span>{1}</span></button>", Icons.Of("camera"), words["scan"].Value);
    }
}

/// <summary>Asks the device where it is and opens this page (or the one given) with <c>?near=latitude,longitude</c>.</summary>
[HtmlTargetElement("part-near")]
public sealed class NearPart(IUrlHelperFactory urls, IStringLocalizer<SharedText> words) : LinkPart(urls)
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "a", "button", "needs-js");
        output.Attributes.SetAttribute("href", Url ?? CurrentUrl.With(Request));
        output.Attributes.SetAttribute(new TagHelperAttribute("data-near"));
        output.Attributes.SetAttribute("data-denied", words["near_denied"].Value);
        output.Content.SetHtmlContent(Icons.Of("pin")).AppendHtml(content);
    }
}

using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace VenueBooking.Shared.Parts;

public enum ButtonKind { Plain, Main, Danger, Quiet }

/// <summary>
/// A button, or a link that looks like one where <c>asp-page</c> or <c>href</c> is given. One <c>main</c> button per page.
/// <c>opens</c> names a part-dialog; with a link, that link is where one lands without JavaScript.
/// </summary>
[HtmlTargetElement("part-button")]
public sealed class ButtonPart(IUrlHelperFactory urls) : LinkPart(urls)
{
    public ButtonKind Kind { get; set; }
    public string? Icon { get; set => field = Given(value); }
    public bool Wide { get; set; }
    public bool Disabled { get; set; }
    public string? Opens { get; set => field = Given(value); }
    /// <summary>Closes the dialog it stands in.</summary>
    public bool Closes { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var url = Disabled ? null : Url;
        Become(output, url is null ? "button" : "a", "button");
        if (Kind is not ButtonKind.Plain)
            output.AddClass($"button-{Kind switch { ButtonKind.Main => "main", ButtonKind.Danger => "danger", _ => "quiet" }}");
        if (Wide)
            output.AddClass("button-wide");
        if (url is not null)
            output.Attributes.SetAttribute("href", url);
        else if (!output.Attributes.ContainsName("type"))
            output.Attributes.SetAttribute("type", Closes || Opens is not null ? "button" : "submit");
        if (Disabled)
            output.Attributes.SetAttribute(new TagHelperAttribute("disabled"));
        Dialog(output, url);
        output.Content.SetHtmlContent(Icons.OrNone(Icon)).AppendHtml(content);
    }

    void Dialog(TagHelperOutput output, string? url)
    {
        if (Opens is not null)
            output.Attributes.SetAttribute("data-opens", Opens);
        if (Closes)
            output.Attributes.SetAttribute(new TagHelperAttribute("data-closes"));
        if (Closes || (Opens is not null && url is null))
            output.AddClass("needs-js");
    }
}

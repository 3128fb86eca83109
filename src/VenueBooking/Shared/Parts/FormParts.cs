using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Shared.Parts;

/// <summary>What is wrong with the form, at the top of the page, each line a link to its field. Nothing while all is well.</summary>
[HtmlTargetElement("part-errors", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorsPart(IStringLocalizer<SharedText> words) : Part
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var state = ViewContext.ViewData.ModelState;
        if (state.ErrorCount == 0)
        {
            output.SuppressOutput();
            return;
        }
        Become(output, "div", "errors");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute(new TagHelperAttribute("data-focus"));
        output.Content.Add("<h2>{0}</h2><ul class=\"plain\">", words["errors_title"].Value);
        foreach (var (key, entry) in state)
            foreach (var error in entry!.Errors)
                output.Content.Add(key.Length == 0 ? "<li>{1}</li>" : "<li><a href=\"#{0}\">{1}</a></li>",
                    TagBuilder.CreateSanitizedId(key, "_"), error.ErrorMessage);
        output.Content.AppendHtml("</ul>");
    }
}

/// <summary>
/// Every form that posts: errors come from us, in the person's language, not from the browser; and it is sent once however
/// often the button is pressed (site.js).
/// </summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class FormPart : Part
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!"post".Equals(output.Attributes["method"]?.Value?.ToString(), StringComparison.OrdinalIgnoreCase))
            return;
        if (!output.Attributes.ContainsName("novalidate"))
            output.Attributes.Add(new TagHelperAttribute("novalidate"));
    }
}

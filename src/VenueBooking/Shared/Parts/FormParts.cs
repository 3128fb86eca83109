using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
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
        output.Content.Add("<h2>{0}</h2><ul class=\"plain\">", words["errors_title"].Value)
            .AppendHtml(new Lines(state, FieldLabels.Of(ViewContext.HttpContext), words)).AppendHtml("</ul>");
    }

    /// <summary>Written when the whole page is there: only then are the labels of the fields further down known.</summary>
    sealed class Lines(ModelStateDictionary state, FieldLabels labels, IStringLocalizer<SharedText> words) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var lines = new HtmlContentBuilder();
            foreach (var (key, entry) in state.OrderBy(e => labels.PlaceOf(e.Key)))
                foreach (var error in entry!.Errors)
                    Add(lines, key, error.ErrorMessage);
            lines.WriteTo(writer, encoder);
        }

        void Add(HtmlContentBuilder lines, string key, string message)
        {
            if (labels[key] is not { } label)
                lines.Add("<li>{0}</li>", message);
            else
                lines.Add("<li><a href=\"#{0}\">{1}</a></li>", TagBuilder.CreateSanitizedId(key, "_"),
                    message.Contains(label, StringComparison.OrdinalIgnoreCase) ? message : words["error_of_field", label, message].Value);
        }
    }
}

/// <summary>The fields of the page being written, in their order.</summary>
sealed class FieldLabels
{
    readonly OrderedDictionary<string, string> labels = new(StringComparer.OrdinalIgnoreCase);

    public static FieldLabels Of(HttpContext context) =>
        (FieldLabels)(context.Items[typeof(FieldLabels)] ??= new FieldLabels());

    public string? this[string name] => labels.GetValueOrDefault(name);
    public void Add(string name, string label) => labels.TryAdd(name, label);

    /// <summary>What is about no field comes first.</summary>
    public int PlaceOf(string name) => labels.IndexOf(name);
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

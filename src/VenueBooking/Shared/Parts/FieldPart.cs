using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace VenueBooking.Shared.Parts;

/// <summary>
/// A question of a form: label, hint, control and error, wired for screen readers. The control follows from the model
/// (string, number, bool, DateOnly, TimeOnly, IFormFile) and its annotations, or from <c>type</c>: text, email, password,
/// new-password, tel, code, number, decimal, date, time, datetime-local, file, hidden-label search, textarea, select, radio,
/// pills, checkboxes, checkbox. Attributes it does not know go to the control.
/// </summary>
[HtmlTargetElement("part-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed partial class FieldPart(IStringLocalizer<SharedText> words) : Part
{
    [HtmlAttributeName("asp-for")]
    public ModelExpression? For { get; set; }

    /// <summary>Where there is no model: the name, and the value now.</summary>
    public string? Name { get; set; }
    public string? Value { get; set; }
    public string? Id { get; set; }

    public required string Label { get; set; }
    public bool HideLabel { get; set; }
    public string? Hint { get; set => field = Given(value); }
    public string? Type { get; set => field = Given(value); }
    public IEnumerable<SelectListItem>? Options { get; set; }
    /// <summary>The first, empty choice of a select.</summary>
    public string? Blank { get; set => field = Given(value); }
    public int Rows { get; set; }
    public string? Before { get; set => field = Given(value); }
    public string? After { get; set => field = Given(value); }
    /// <summary>short (a few digits) or medium (a date, a phone number); else as wide as there is room.</summary>
    public string? Width { get; set => field = Given(value); }
    /// <summary>Whether it may be left empty; follows from the model where not said.</summary>
    public bool? Optional { get; set; }

    string name = "", id = "", kind = "text";
    string? error;
    bool optional;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Resolve();
        var control = output.Attributes.Where(a => a.Name != "class").ToList();
        foreach (var attribute in control)
            output.Attributes.Remove(attribute);
        var grouped = kind is "radio" or "pills" or "checkboxes";
        Become(output, grouped ? "fieldset" : "div", "field");
        if (error is not null)
            output.AddClass("is-wrong");
        output.Content.Clear();
        if (kind == "checkbox")
            AddCheckbox(output.Content, control);
        else
            AddFrame(output.Content, control, grouped);
    }

    void Resolve()
    {
        name = For is null ? Name ?? "" : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        id = Id ?? TagBuilder.CreateSanitizedId(name, "_");
        kind = Type ?? Guess();
        FieldLabels.Of(ViewContext.HttpContext).Add(name, Label);
        error = ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) && entry.Errors.Count > 0
            ? entry.Errors[0].ErrorMessage : null;
        optional = Optional ?? (For is not null && !For.Metadata.IsRequired && !For.Metadata.ModelType.IsValueType);
    }

    void AddFrame(TagHelperContent content, List<TagHelperAttribute> control, bool grouped)
    {
        content.Add(grouped ? "<legend{0}>" : "<label for=\"{1}\"{0}>", new HtmlString(HideLabel ? " class=\"sr\"" : ""), id);
        content.Append(Label);
        if (optional && !HideLabel)
            content.Add("<span class=\"optional\">{0}</span>", words["optional"].Value);
        content.AppendHtml(grouped ? "</legend>" : "</label>");
        AddRemarks(content);
        if (grouped)
            AddChoices(content);
        else
            AddAffixed(content, control);
    }

    void AddRemarks(TagHelperContent content)
    {
        if (Hint is not null)
            content.Add("<p class=\"hint\" id=\"{0}-hint\">{1}</p>", id, Hint);
        if (error is not null)
            content.Add("<p class=\"wrong\" id=\"{0}-error\">{1}<span><span class=\"sr\">{2}</span>{3}</span></p>",
                id, Icons.Of("warn"), words["error_prefix"].Value, error);
    }

    void Describe(TagBuilder control)
    {
        var described = (Hint, error) switch
        {
            (null, null) => null,
            (_, null) => $"{id}-hint",
            (null, _) => $"{id}-error",
            _ => $"{id}-hint {id}-error",
        };
        if (described is not null)
            control.Attributes["aria-describedby"] = described;
        if (error is not null)
            control.Attributes["aria-invalid"] = "true";
    }

    /// <summary>What the person typed last time, else what is stored.</summary>
    string? Now()
    {
        if (ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) && entry.AttemptedValue is { } typed)
            return typed;
        return Value ?? Format(For?.Model);
    }
}

using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace VenueBooking.Shared.Parts;

public sealed partial class FieldPart
{
    string Guess()
    {
        if (Options is not null)
            return For?.Model is IEnumerable and not string || (For is { Metadata.IsEnumerableType: true }) ? "checkboxes" : "select";
        if (Rows > 0)
            return "textarea";
        var type = For is null ? typeof(string) : For.Metadata.UnderlyingOrModelType;
        return For?.Metadata.DataTypeName switch
        {
            nameof(DataType.EmailAddress) => "email",
            nameof(DataType.Password) => "password",
            nameof(DataType.PhoneNumber) => "tel",
            nameof(DataType.MultilineText) => "textarea",
            _ => OfType(type),
        };
    }

    static string OfType(Type type) =>
        type == typeof(bool) ? "checkbox"
        : type == typeof(DateOnly) ? "date"
        : type == typeof(TimeOnly) ? "time"
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "datetime-local"
        : typeof(IFormFile).IsAssignableFrom(type) || type == typeof(IFormFileCollection) ? "file"
        : type == typeof(int) || type == typeof(long) || type == typeof(short) ? "number"
        : type == typeof(decimal) || type == typeof(double) ? "decimal"
        : "text";

    void AddAffixed(TagHelperContent content, List<TagHelperAttribute> attributes)
    {
        var control = kind switch { "textarea" => Textarea(), "select" => Select(), _ => Input() };
        control.Attributes["id"] = id;
        control.Attributes["name"] = name;
        control.AddCssClass("input");
        if (Width is not null)
            control.AddCssClass($"w-{Width}");
        if (!optional && For is { Metadata.IsRequired: true } && kind != "file")
            control.Attributes["required"] = "required";
        Describe(control);
        foreach (var attribute in attributes)
            control.Attributes[attribute.Name] = attribute.Value?.ToString() ?? attribute.Name;
        if (Before is null && After is null)
        {
            content.AppendHtml(control);
            return;
        }
        content.AppendHtml("<div class=\"affix\">");
        if (Before is not null)
            content.Add("<span>{0}</span>", Before);
        content.AppendHtml(control);
        if (After is not null)
            content.Add("<span>{0}</span>", After);
        content.AppendHtml("</div>");
    }

    TagBuilder Input()
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        var (type, mode, complete) = kind switch
        {
            "email" => ("email", null, "email"),
            "password" => ("password", null, "current-password"),
            "new-password" => ("password", null, "new-password"),
            "tel" => ("tel", null, "tel"),
            "code" => ("text", "numeric", "one-time-code"),
            "number" => ("text", "numeric", (string?)null),
            "decimal" => ("text", "decimal", null),
            _ => (kind, (string?)null, null),
        };
        input.Attributes["type"] = type;
        if (mode is not null)
            input.Attributes["inputmode"] = mode;
        if (complete is not null)
            input.Attributes["autocomplete"] = complete;
        if (type is "email" or "password")
            input.Attributes["autocapitalize"] = "none";
        Width ??= kind switch
        {
            "code" or "date" or "time" or "datetime-local" or "tel" => "medium",
            "number" or "decimal" => Before is null && After is null ? "short" : "medium",
            _ => null,
        };
        if (type is not "password" and not "file" && Now() is { } value)
            input.Attributes["value"] = value;
        if (MaxLength() is { } most)
            input.Attributes["maxlength"] = most.ToString(CultureInfo.InvariantCulture);
        return input;
    }

    TagBuilder Textarea()
    {
        var area = new TagBuilder("textarea");
        area.Attributes["rows"] = (Rows > 0 ? Rows : 4).ToString(CultureInfo.InvariantCulture);
        if (MaxLength() is { } most)
            area.Attributes["maxlength"] = most.ToString(CultureInfo.InvariantCulture);
        // The browser drops the first line break of a textarea: give it one to drop.
        area.InnerHtml.AppendHtml("\n").Append(Now() ?? "");
        return area;
    }

    TagBuilder Select()
    {
        var select = new TagBuilder("select");
        var now = Chosen();
        if (Blank is not null)
            select.InnerHtml.Add("<option value=\"\">{0}</option>", Blank);
        foreach (var option in Options ?? [])
            select.InnerHtml.Add("<option value=\"{0}\"{1}>{2}</option>", option.Value ?? option.Text,
                new HtmlString((IsChosen(option, now) ? " selected" : "") + (option.Disabled ? " disabled" : "")), option.Text);
        return select;
    }

    void AddChoices(TagHelperContent content)
    {
        var now = Chosen();
        content.AppendHtml(kind == "pills" ? "<div class=\"pills\">" : "<div>");
        var nth = 0;
        var many = kind == "checkboxes" || For is { Metadata.IsEnumerableType: true };
        foreach (var option in Options ?? [])
        {
            var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
            input.Attributes["type"] = many ? "checkbox" : "radio";
            input.Attributes["id"] = nth++ == 0 ? id : $"{id}-{nth}";
            input.Attributes["name"] = name;
            input.Attributes["value"] = option.Value ?? option.Text;
            if (IsChosen(option, now))
                input.Attributes["checked"] = "checked";
            if (option.Disabled)
                input.Attributes["disabled"] = "disabled";
            Describe(input);
            content.Add("<label class=\"choice\">{0}<span>{1}</span></label>", input, option.Text);
        }
        content.AppendHtml("</div>");
    }

    void AddCheckbox(TagHelperContent content, List<TagHelperAttribute> attributes)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = "checkbox";
        input.Attributes["id"] = id;
        input.Attributes["name"] = name;
        input.Attributes["value"] = "true";
        if (Now()?.Split(',')[0].Equals("true", StringComparison.OrdinalIgnoreCase) == true)
            input.Attributes["checked"] = "checked";
        Describe(input);
        foreach (var attribute in attributes)
            input.Attributes[attribute.Name] = attribute.Value?.ToString() ?? attribute.Name;
        content.Add("<label class=\"choice\">{0}<span>{1}</span></label>", input, Label);
        // An unticked box sends nothing; this says that it was asked.
        if (For is not null)
            content.Add("<input type=\"hidden\" name=\"{0}\" value=\"false\">", name);
        AddRemarks(content);
    }

    HashSet<string> Chosen()
    {
        var chosen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) && entry.AttemptedValue is not null)
            chosen.UnionWith(entry.RawValue as string[] ?? [entry.RawValue?.ToString() ?? ""]);
        else if (Value is not null)
            chosen.Add(Value);
        else if (For?.Model is IEnumerable many and not string)
            foreach (var one in many)
                chosen.Add(Format(one) ?? "");
        else if (Format(For?.Model) is { } one)
            chosen.Add(one);
        return chosen;
    }

    static bool IsChosen(SelectListItem option, HashSet<string> now) =>
        now.Count == 0 ? option.Selected : now.Contains(option.Value ?? option.Text);

    int? MaxLength() => For?.Metadata.ValidatorMetadata.Select(v => v switch
    {
        StringLengthAttribute length => length.MaximumLength,
        MaxLengthAttribute { Length: > 0 } length => length.Length,
        _ => (int?)null,
    }).FirstOrDefault(n => n is not null);

    static string? Format(object? model) => model switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        DateTimeOffset at => Web.SiteTime.Local(at).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.CurrentCulture),
        _ => model.ToString(),
    };
}

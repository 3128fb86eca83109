using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using VenueBooking.Web;

namespace VenueBooking.Shared.Parts;

/// <summary>What the cells of a table learn from its head: the columns' names and which of them hold numbers.</summary>
sealed class TableColumns
{
    public List<(string Label, bool IsNumber)> Columns { get; } = [];
    public int Next { get; set; }
}

/// <summary>
/// A table: write thead and tbody inside as always. <c>th num</c> aligns its column right, <c>th sort="key"</c> makes it a
/// link that sorts by <c>?sort=key</c> (<c>-key</c>: the other way). On a phone each row becomes a card.
/// </summary>
[HtmlTargetElement("part-table")]
public sealed class TablePart : Part
{
    public required string Caption { get; set; }
    public bool HideCaption { get; set; }

    public override void Init(TagHelperContext context) => context.Items[typeof(TableColumns)] = new TableColumns();

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "div", "table-box");
        output.Content
            .Add("<table class=\"table table-cards\"><caption{0}>{1}</caption>", new HtmlString(HideCaption ? " class=\"sr\"" : ""), Caption)
            .AppendHtml(content).AppendHtml("</table>");
    }
}

[HtmlTargetElement("th")]
[HtmlTargetElement("td")]
public sealed partial class CellPart(IStringLocalizer<SharedText> words) : Part
{
    public bool Num { get; set; }
    public string? Sort { get; set => field = Given(value); }
    /// <summary>A column of words, kept from being squeezed to one a line by a column beside it that has more of them.</summary>
    public bool Wide { get; set; }
    /// <summary>A cell of buttons: on a phone it carries no label.</summary>
    public bool Actions { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (context.Items.TryGetValue(typeof(TableColumns), out var found) && found is TableColumns table)
        {
            if (output.TagName == "th" && !output.Attributes.ContainsName("scope"))
                await Head(table, output);
            else
                Body(table, output);
        }
        if (Num)
            output.AddClass("num");
        if (Wide)
            output.AddClass("cell-wide");
        if (Actions)
            output.AddClass("cell-actions");
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag { get; }

    async Task Head(TableColumns table, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        table.Columns.Add((Actions ? "" : Tag.Replace(content.GetContent(), "").Trim(), Num));
        output.Attributes.SetAttribute("scope", "col");
        if (Sort is null)
            return;
        var now = Request.Query["sort"].ToString();
        var (up, down) = (now == Sort, now == "-" + Sort);
        if (up || down)
            output.Attributes.SetAttribute("aria-sort", up ? "ascending" : "descending");
        output.Content.SetHtmlContent(Html.Of("<a href=\"{0}\" title=\"{1}\">{2}{3}</a>",
            CurrentUrl.With(Request, ("sort", up ? "-" + Sort : Sort)), words["sort_by"].Value,
            content, Icons.Of(up ? "up" : down ? "down" : "sort")));
    }

    void Body(TableColumns table, TagHelperOutput output)
    {
        var index = table.Next;
        table.Next += int.TryParse(output.Attributes["colspan"]?.Value?.ToString(), out var span) ? span : 1;
        if (index >= table.Columns.Count)
            return;
        var (label, isNumber) = table.Columns[index];
        Num |= isNumber;
        if (label.Length > 0)
            output.Attributes.SetAttribute("data-label", new HtmlString(label));
    }
}

[HtmlTargetElement("tr")]
public sealed class RowPart : Part
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (context.Items.TryGetValue(typeof(TableColumns), out var table))
            ((TableColumns)table).Next = 0;
    }
}

/// <summary>The fields by which a list is narrowed: a GET form, so that the address says what is shown.</summary>
[HtmlTargetElement("part-filter")]
public sealed class FilterPart(IStringLocalizer<SharedText> words) : Part
{
    /// <summary>Apply at once when a choice changes (the button stays, for those without JavaScript).</summary>
    public bool Auto { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "form", "filter");
        output.Attributes.SetAttribute("method", "get");
        output.Attributes.SetAttribute("role", "search");
        output.Attributes.SetAttribute("aria-label", words["filter"].Value);
        if (Auto)
            output.Attributes.SetAttribute(new TagHelperAttribute("data-auto"));
        output.Content.SetHtmlContent(content);
        output.Content.Add("<div class=\"actions\"><button class=\"button\">{0}{1}</button>", Icons.Of("search"), words["filter"].Value);
        if (Request.Query.Count > 0)
            output.Content.Add("<a class=\"button button-quiet\" href=\"{0}\">{1}</a>", Request.PathBase.Add(Request.Path).ToUriComponent(), words["filter_clear"].Value);
        output.Content.AppendHtml("</div>");
    }
}

/// <summary>The way to the next page of a list (<c>next</c>: its cursor, or its number in a list that is <c>numbered</c>; null on the last) and back to the first. Content: how many there are.</summary>
[HtmlTargetElement("part-pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerPart(IStringLocalizer<SharedText> words) : Part
{
    public string? Next { get; set => field = Given(value); }
    public bool Numbered { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var param = Numbered ? NumberedPage.Param : "cursor";
        var paged = Request.Query.ContainsKey(param);
        if (Next is null && !paged && content.IsEmptyOrWhiteSpace)
        {
            output.SuppressOutput();
            return;
        }
        Become(output, "nav", "pager");
        output.Attributes.SetAttribute("aria-label", words["pages"].Value);
        output.Content.SetHtmlContent("<span>").AppendHtml(content).AppendHtml("</span><span class=\"row\">");
        if (paged)
            output.Content.Add("<a class=\"button\" href=\"{0}\">{1}</a>", CurrentUrl.With(Request), words["page_first"].Value);
        if (Next is not null)
            output.Content.Add("<a class=\"button\" rel=\"next\" href=\"{0}\">{1}{2}</a>", CurrentUrl.With(Request, (param, Next)), words["page_next"].Value, Icons.Of("right"));
        output.Content.AppendHtml("</span>");
    }
}

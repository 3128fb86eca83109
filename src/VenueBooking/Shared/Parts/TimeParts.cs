using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using VenueBooking.Web;

namespace VenueBooking.Shared.Parts;

/// <summary>¥12.50, from 分. <c>free-word</c> says 免费 instead of ¥0.00.</summary>
[HtmlTargetElement("part-money", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MoneyPart(IStringLocalizer<SharedText> words) : Part
{
    public long Fen { get; set; }
    public bool FreeWord { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "span", "num", "nowrap");
        output.Content.SetContent(FreeWord && Fen == 0 ? words["free_of_charge"] : Money.Yuan(Fen));
    }
}

public enum WhenShow { Full, Day, Time }

/// <summary>明天 周四 19:00–20:30 of an instant, or of a span where <c>until</c> is given.</summary>
[HtmlTargetElement("part-when", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WhenPart(SiteTime time) : Part
{
    public DateTimeOffset At { get; set; }
    public DateTimeOffset? Until { get; set; }
    public WhenShow Show { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "time");
        output.Attributes.SetAttribute("datetime", Machine(At));
        output.Content.SetContent((Show, Until) switch
        {
            (WhenShow.Day, _) => time.Day(SiteTime.DayOf(At)),
            (WhenShow.Time, null) => SiteTime.Time(At),
            (WhenShow.Time, { } until) => $"{SiteTime.Time(At)}–{SiteTime.End(until)}",
            (_, null) => time.Moment(At),
            (_, { } until) => time.Span(At, until),
        });
    }

    public static string Machine(DateTimeOffset at) =>
        SiteTime.Local(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}

/// <summary>
/// Days to choose from, each a link to this same page with <c>?date=</c> changed. <c>counts</c>, where given, says how many
/// free times a day has; a day with none is dimmed and says so.
/// </summary>
[HtmlTargetElement("part-daystrip", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DayStripPart(SiteTime time, IStringLocalizer<SharedText> words) : Part
{
    public DateOnly? From { get; set; }
    public int Days { get; set; } = 14;
    public DateOnly Current { get; set; }
    public string Param { get; set; } = "date";
    public IReadOnlyDictionary<DateOnly, int>? Counts { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "nav");
        output.Attributes.SetAttribute("aria-label", words["days"].Value);
        output.Content.AppendHtml("<ol class=\"days\">");
        var from = From ?? time.Today;
        for (var day = from; day < from.AddDays(Days); day = day.AddDays(1))
            AddDay(output.Content, day);
        output.Content.AppendHtml("</ol>");
    }

    void AddDay(TagHelperContent content, DateOnly day)
    {
        var iso = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var none = Counts?.GetValueOrDefault(day, -1) == 0;
        content.Add("<li><a href=\"{0}\"{1}{2}><b>{3}</b> <small><time datetime=\"{4}\">{5}</time></small>{6}</a></li>",
            CurrentUrl.With(Request, (Param, iso)),
            new HtmlString(day == Current ? " aria-current=\"date\"" : ""), new HtmlString(none ? " class=\"off\"" : ""),
            Name(day), iso, Short(day), none ? Html.Of("<span class=\"sr\">{0}</span>", words["none_free"].Value) : HtmlString.Empty);
    }

    string Name(DateOnly day) => (day.DayNumber - time.Today.DayNumber) switch
    {
        0 => words["today"],
        1 => words["tomorrow"],
        _ => SiteTime.Weekday(day.DayOfWeek),
    };

    string Short(DateOnly day) => day.ToString(words["day_short_format"], CultureInfo.InvariantCulture);
}

public enum ChipState { Free, Few, Full, Mine, Closed, Past }

/// <summary>
/// A time one can tap: when, how many places are free, the price or why not. Leads nowhere (and is no link) without
/// <c>asp-page</c> or <c>href</c>. <c>note</c> replaces the word of the state (18:00 开放, say).
/// </summary>
[HtmlTargetElement("part-timechip", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimeChipPart(IUrlHelperFactory urls, IStringLocalizer<SharedText> words) : LinkPart(urls)
{
    public DateTimeOffset At { get; set; }
    public DateTimeOffset Until { get; set; }
    public ChipState State { get; set; }
    public int? Free { get; set; }
    public long? PriceFen { get; set; }
    public string? Note { get; set => field = Given(value); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var url = Url;
        Become(output, url is null ? "div" : "a", "chip", $"chip-{State switch
        {
            ChipState.Free => "free",
            ChipState.Few => "few",
            ChipState.Full => "full",
            ChipState.Mine => "mine",
            ChipState.Closed => "closed",
            _ => "past",
        }}");
        if (url is not null)
            output.Attributes.SetAttribute("href", url);
        output.Content.Add("<b><time datetime=\"{0}\">{1}</time>–{2}</b><span class=\"chip-note\"><span>{3}{4}</span>",
            WhenPart.Machine(At), SiteTime.Time(At), SiteTime.End(Until), StateIcon, Note ?? StateWord);
        if (PriceFen is { } fen && State is ChipState.Free or ChipState.Few)
            output.Content.Add("<span>{0}</span>", fen == 0 ? words["free_of_charge"].Value : Price(fen));
        output.Content.AppendHtml("</span>");
    }

    static string Price(long fen) => fen % 100 == 0 ? $"¥{fen / 100}" : Money.Yuan(fen);

    IHtmlContent StateIcon => State switch
    {
        ChipState.Mine => Html.Of("{0} ", Icons.Of("check")),
        ChipState.Full => Html.Of("{0} ", Icons.Of("x")),
        ChipState.Closed => Html.Of("{0} ", Icons.Of("lock")),
        _ => HtmlString.Empty,
    };

    string StateWord => State switch
    {
        ChipState.Free => Free is { } free ? words["chip_free_count", free] : words["chip_free"],
        ChipState.Few => words["chip_few", Free ?? 1],
        ChipState.Full => words["chip_full"],
        ChipState.Mine => words["chip_mine"],
        ChipState.Closed => words["chip_closed"],
        _ => words["chip_past"],
    };
}

/// <summary>Time chips side by side. <c>label</c> says what they belong to.</summary>
[HtmlTargetElement("part-chips")]
public sealed class ChipsPart : Part
{
    public required string Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "div", "chips");
        output.Attributes.SetAttribute("role", "group");
        output.Attributes.SetAttribute("aria-label", Label);
    }
}

/// <summary>One space of a slot grid: its name, a remark, and its time chips as content.</summary>
[HtmlTargetElement("part-lane")]
public sealed class LanePart : Part
{
    public required string Title { get; set; }
    public string? Hint { get; set => field = Given(value); }
    public int Level { get; set; } = 3;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        Become(output, "section", "lane");
        var level = Level.ToString(CultureInfo.InvariantCulture);
        output.Content.Add("<div><h{0} class=\"card-title\">{1}</h{0}>", level, Title);
        if (Hint is not null)
            output.Content.AppendHtml("<p class=\"lane-hint muted\">").AppendHtml(Remarks(Hint)).AppendHtml("</p>");
        output.Content.Add("</div><div class=\"chips\" role=\"group\" aria-label=\"{0}\">", Title).AppendHtml(content).AppendHtml("</div>");
    }

    static HtmlContentBuilder Remarks(string hint)
    {
        var remarks = new HtmlContentBuilder();
        foreach (var remark in Dotted.Parts(hint))
            remarks.Add("<span>{0}</span> ", remark);
        return remarks;
    }
}

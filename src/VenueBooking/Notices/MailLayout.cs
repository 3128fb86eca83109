using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;
using VenueBooking.Shared;

namespace VenueBooking.Notices;

/// <summary>
/// The one look of all mails: text and HTML with the same words. The HTML carries its few styles inline and loads
/// nothing, because mail programs strip style sheets and hold back images.
/// </summary>
public sealed class MailLayout(IStringLocalizer<NoticeText> texts, IStringLocalizer<SharedText> words)
{
    static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    const int ShownUrl = 90;
    const string Font = "font-family:-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans SC',Segoe UI,Roboto,sans-serif";

    public string SiteName => words["site_name"];

    public string AsText(string? name, NoticeContent content)
    {
        var text = new StringBuilder();
        text.Append(Greeting(name)).Append("\r\n\r\n");
        foreach (var paragraph in content.Paragraphs)
            text.Append(paragraph.ReplaceLineEndings("\r\n")).Append("\r\n\r\n");
        if (content.Action is { } action)
            text.Append(action.Text).Append(texts["mail_colon"]).Append("\r\n").Append(action.Url).Append("\r\n\r\n");
        return text.Append("-- \r\n").Append(SiteName).Append("\r\n").Append(texts["mail_footer"]).Append("\r\n").ToString();
    }

    public string AsHtml(string? name, NoticeContent content)
    {
        var html = new StringBuilder(2048);
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{CultureInfo.CurrentUICulture.Name}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>{Html.Encode(content.Subject)}</title></head>
            <body style="margin:0;padding:0;background:#f4f2ef;color:#1f1d1b">
            <div style="max-width:560px;margin:0 auto;padding:24px 16px;{Font};font-size:16px;line-height:1.6">
            <p style="margin:0 0 12px;font-size:15px;font-weight:600;color:#a6221a">{Html.Encode(SiteName)}</p>
            <div style="background:#ffffff;border:1px solid #e4dfd9;border-radius:10px;padding:20px">
            <h1 style="margin:0 0 16px;font-size:20px;line-height:1.35">{Html.Encode(content.Subject)}</h1>
            """).Append('\n');
        Paragraph(html, Greeting(name));
        foreach (var paragraph in content.Paragraphs)
            Paragraph(html, paragraph);
        if (content.Action is { } action)
            Button(html, action);
        html.Append(CultureInfo.InvariantCulture, $"""
            </div>
            <p style="margin:16px 4px 0;font-size:13px;color:#6b645d">{Html.Encode(texts["mail_footer"])}</p>
            </div></body></html>
            """).Append('\n');
        return html.ToString();
    }

    static void Paragraph(StringBuilder html, string text) => html
        .Append("<p style=\"margin:0 0 14px;overflow-wrap:anywhere\">")
        .AppendJoin("<br>", text.ReplaceLineEndings("\n").Split('\n').Select(Html.Encode))
        .Append("</p>\n");

    static void Button(StringBuilder html, NoticeAction action)
    {
        html.Append(CultureInfo.InvariantCulture, $"""
            <p style="margin:20px 0 6px"><a href="{Html.Encode(action.Url)}" style="display:inline-block;padding:12px 22px;border-radius:8px;background:#b3261e;color:#ffffff;text-decoration:none;font-weight:600">{Html.Encode(action.Text)}</a></p>
            """).Append('\n');
        // A secret of a hundred letters helps nobody: who needs it finds it in the text.
        if (action.Url.Length <= ShownUrl)
            html.Append(CultureInfo.InvariantCulture, $"""<p style="margin:0 0 6px;font-size:13px;color:#6b645d;overflow-wrap:anywhere">{Html.Encode(action.Url)}</p>""").Append('\n');
    }

    string Greeting(string? name) => string.IsNullOrWhiteSpace(name) ? texts["mail_hello"] : texts["mail_hello_name", name];
}

using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace VenueBooking.Tests.Support;

/// <summary>A page as it came: status, address, parsed HTML, and the forms on it.</summary>
public sealed class WebPage
{
    readonly Visitor visitor;

    WebPage(Visitor visitor, Uri address, HttpResponseMessage response, string body, bool redirected)
    {
        this.visitor = visitor;
        Address = address;
        Response = response;
        Body = body;
        Redirected = redirected;
        Document = new HtmlParser(new() { IsScripting = false }).ParseDocument(body);
    }

    public Uri Address { get; }
    public HttpResponseMessage Response { get; }
    public HttpStatusCode Status => Response.StatusCode;
    /// <summary>What was sent, as text.</summary>
    public string Body { get; }
    public bool Redirected { get; }
    public IHtmlDocument Document { get; }

    /// <summary>Path and query: <c>/account/login?returnUrl=%2F</c>.</summary>
    public string Path => Address.PathAndQuery;

    /// <summary>What a reader sees in the main part (or in the fragment), spaces collapsed.</summary>
    public string Text => Words(Document.QuerySelector("main") ?? (IElement?)Document.Body);

    public string Title => Words(Document.QuerySelector("h1"));

    public IReadOnlyList<IElement> All(string css) => [.. Document.QuerySelectorAll(css)];

    public IElement One(string css) => All(css) is [var only] ? only
        : throw new InvalidOperationException($"{Path} has {All(css).Count} elements '{css}', not one:\n{Text}");

    /// <summary>The link or button with these words, or null.</summary>
    public IElement? Link(string words) => Document.QuerySelectorAll("a").FirstOrDefault(a => Words(a) == words);

    /// <summary>Follows the link with these words.</summary>
    public Task<WebPage> Follow(string words) =>
        visitor.Get((Link(words) ?? throw new InvalidOperationException($"{Path} has no link '{words}':\n{Text}")).GetAttribute("href")!);

    /// <summary>Fills in and sends the only form in the main part of the page.</summary>
    /// <param name="fields">Label and value. For a choice: the option's words or value; for a tick box or radio: its label and "true".</param>
    public Task<WebPage> Submit(params (string Label, object Value)[] fields) => Press(null, fields);

    /// <summary>Fills in the form that has this button and presses it.</summary>
    public Task<WebPage> Press(string? button, params (string Label, object Value)[] fields)
    {
        var form = WebForm.Find(this, button);
        foreach (var (label, value) in fields) form.Fill(label, value);
        return visitor.Send(() => FromHere(form));
    }

    /// <summary>The same, as htmx sends it.</summary>
    public Task<WebPage> PressHtmx(string? button, params (string Label, object Value)[] fields)
    {
        var form = WebForm.Find(this, button);
        foreach (var (label, value) in fields) form.Fill(label, value);
        return visitor.Send(() => Visitor.AsHtmx(FromHere(form)));
    }

    /// <summary>With what a browser says of where a form stood.</summary>
    HttpRequestMessage FromHere(WebForm form)
    {
        var request = form.ToRequest(Address);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Referrer = Address;
        return request;
    }

    internal static async Task<WebPage> ReadAsync(Visitor visitor, Uri address, HttpResponseMessage response, bool redirected) =>
        new(visitor, address, response, await response.Content.ReadAsStringAsync(), redirected);

    internal static string Words(INode? node) =>
        node is null ? "" : string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A file to be put into a file field.</summary>
public sealed record Upload(string FileName, byte[] Bytes, string ContentType = "application/octet-stream");

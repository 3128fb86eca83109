using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace VenueBooking.Tests.Support;

/// <summary>A form filled in as a person does: by what the labels say. Hidden fields, the antiforgery token among them, go along.</summary>
sealed class WebForm
{
    readonly WebPage page;
    readonly IHtmlFormElement form;
    readonly IHtmlElement? button;
    readonly List<(string Name, Upload File)> files = [];

    WebForm(WebPage page, IHtmlFormElement form, IHtmlElement? button) => (this.page, this.form, this.button) = (page, form, button);

    public static WebForm Find(WebPage page, string? words)
    {
        if (words is null)
        {
            var forms = page.Document.QuerySelectorAll<IHtmlFormElement>("main form").ToList();
            if (forms.Count == 0) forms = [.. page.Document.QuerySelectorAll<IHtmlFormElement>("form")];
            if (forms.Count != 1) throw Missing(page, $"exactly one form, but {forms.Count}");
            return new(page, forms[0], Buttons(page).FirstOrDefault(b => FormOf(page, b) == forms[0]));
        }
        var pressed = Buttons(page).FirstOrDefault(b => Label(b) == words) ?? Buttons(page).FirstOrDefault(b => Label(b).StartsWith(words, StringComparison.Ordinal))
            ?? throw Missing(page, $"a button '{words}'");
        return new(page, FormOf(page, pressed) ?? throw Missing(page, $"a form around '{words}'"), pressed);
    }

    public void Fill(string label, object value)
    {
        switch (FieldOf(label), value)
        {
            case (IHtmlInputElement { Type: "file" } input, Upload file):
                files.Add((input.Name!, file));
                break;
            case (IHtmlInputElement { Type: "checkbox" or "radio" } input, _):
                if (input.Type == "radio")
                    foreach (var other in form.QuerySelectorAll<IHtmlInputElement>("input[type=radio]").Where(o => o.Name == input.Name))
                        other.IsChecked = false;
                input.IsChecked = value is true or "true";
                break;
            case (IHtmlInputElement input, string text):
                input.Value = text;
                break;
            case (IHtmlTextAreaElement area, string text):
                area.Value = text;
                break;
            case (IHtmlSelectElement select, string choice):
                Choose(select, choice);
                break;
            default:
                throw Missing(page, $"a field '{label}' that takes {value}");
        }
    }

    public HttpRequestMessage ToRequest(Uri address)
    {
        var method = (button?.GetAttribute("formmethod") ?? form.GetAttribute("method") ?? "get").ToUpperInvariant();
        var action = button?.GetAttribute("formaction") ?? form.GetAttribute("action");
        var target = string.IsNullOrEmpty(action) ? address : new Uri(address, action);
        var fields = Fields().ToList();
        if (method == "GET")
        {
            var query = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
            return new(HttpMethod.Get, new UriBuilder(target) { Query = query }.Uri);
        }
        return new(HttpMethod.Post, target)
        {
            Content = form.GetAttribute("enctype") == "multipart/form-data" ? Multipart(fields) : new FormUrlEncodedContent(fields),
        };
    }

    IEnumerable<KeyValuePair<string, string>> Fields()
    {
        foreach (var element in form.Elements.Where(e => !e.HasAttribute("disabled")))
        {
            var name = element.GetAttribute("name");
            if (string.IsNullOrEmpty(name)) continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" }:
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement input:
                    yield return new(name, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return new(name, area.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options.Where(o => o.IsSelected)) yield return new(name, option.Value);
                    break;
            }
        }
        if (button?.GetAttribute("name") is { Length: > 0 } pressed) yield return new(pressed, button.GetAttribute("value") ?? "");
    }

    MultipartFormDataContent Multipart(List<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        foreach (var (name, file) in files)
        {
            var part = new ByteArrayContent(file.Bytes);
            part.Headers.ContentType = new(file.ContentType);
            content.Add(part, name, file.FileName);
        }
        return content;
    }

    IElement FieldOf(string label)
    {
        var labels = page.Document.QuerySelectorAll<IHtmlLabelElement>("label").Where(l => ControlOf(l) is { } c && form.Elements.Contains(c)).ToList();
        var found = labels.FirstOrDefault(l => WebPage.Words(l) == label) ?? labels.FirstOrDefault(l => WebPage.Words(l).StartsWith(label, StringComparison.Ordinal));
        return (found is null ? null : ControlOf(found))
            ?? form.Elements.FirstOrDefault(e => e.GetAttribute("aria-label") == label || e.GetAttribute("name") == label)
            ?? throw Missing(page, $"a field '{label}' (it has: {string.Join(", ", labels.Select(l => WebPage.Words(l)))})");
    }

    static IHtmlElement? ControlOf(IHtmlLabelElement label) => label.GetAttribute("for") is { Length: > 0 } id
        ? label.Owner?.GetElementById(id) as IHtmlElement
        : label.QuerySelector<IHtmlElement>("input, select, textarea");

    void Choose(IHtmlSelectElement select, string choice)
    {
        var option = select.Options.FirstOrDefault(o => WebPage.Words(o) == choice) ?? select.Options.FirstOrDefault(o => o.Value == choice)
            ?? throw Missing(page, $"a choice '{choice}' (it has: {string.Join(", ", select.Options.Select(o => WebPage.Words(o)))})");
        if (!select.IsMultiple)
            foreach (var other in select.Options) other.IsSelected = false;
        option.IsSelected = true;
    }

    static IEnumerable<IHtmlElement> Buttons(WebPage page) =>
        page.Document.QuerySelectorAll<IHtmlElement>("button:not([type=button]):not([disabled]), input[type=submit]:not([disabled])");

    static string Label(IHtmlElement button) => button is IHtmlInputElement input ? input.Value : WebPage.Words(button) is { Length: > 0 } words ? words : button.GetAttribute("aria-label") ?? "";

    static IHtmlFormElement? FormOf(WebPage page, IHtmlElement button) => button.GetAttribute("form") is { Length: > 0 } id
        ? page.Document.GetElementById(id) as IHtmlFormElement
        : button.Closest("form") as IHtmlFormElement;

    static InvalidOperationException Missing(WebPage page, string what) => new($"{page.Path} ({(int)page.Status}) does not have {what}:\n{page.Text}");
}

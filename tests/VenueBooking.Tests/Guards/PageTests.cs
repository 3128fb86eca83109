using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Guards;

/// <summary>Every page that can be opened by its address alone, in both languages.</summary>
public sealed class PageTests
{
    [Theory, InlineData("zh-CN"), InlineData("en")]
    public async Task No_page_shows_a_key_for_want_of_a_text_and_each_has_its_landmarks(string language)
    {
        var missing = new ConcurrentQueue<string>();
        await using var app = await App.StartAsync(services => Listen(services, missing));
        var union = await app.Make.Union(name: "Harbour workers");
        var admin = await app.SignedInAs(await app.Make.Admin("Wang Fang"), language);
        var worker = await app.SignedInAs(await app.Make.Worker(union, "Li Na", language: language), language);
        var nobody = app.Visitor(language);
        var faults = new List<string>();

        foreach (var path in Paths(app))
            foreach (var visitor in new[] { nobody, worker, admin })
                faults.AddRange((await Faults(visitor, path, language)).Select(f => $"{path}: {f}"));

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
        Assert.Empty(missing.Distinct());
    }

    static IEnumerable<string> Paths(App app) => app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/'))
        .Where(p => !p.Contains('{', StringComparison.Ordinal))
        .Distinct();

    static async Task<IEnumerable<string>> Faults(Visitor visitor, string path, string language)
    {
        var page = await visitor.Get(path);
        if (page.Status >= HttpStatusCode.InternalServerError) return path == "/error" ? [] : [$"answers {page.Status}"];
        if (page.Response.Content.Headers.ContentType?.MediaType != "text/html") return [];
        return Landmarks(page, language).Concat(language == "en" ? Untranslated(page) : []);
    }

    static IEnumerable<string> Landmarks(WebPage page, string language)
    {
        if (page.Document.DocumentElement.GetAttribute("lang") != language) yield return $"says it is in {page.Document.DocumentElement.GetAttribute("lang")}";
        if (page.All("h1").Count != 1) yield return $"has {page.All("h1").Count} h1";
        if (string.IsNullOrWhiteSpace(page.Document.Title)) yield return "has no title";
        if (page.All("main").Count != 1) yield return "has no main part";
        if (page.All("[style], style").Count > 0) yield return "has a style of its own";
        if (page.All("script:not([src]):not([nonce])").Count > 0) yield return "has a script of its own";
    }

    static IEnumerable<string> Untranslated(WebPage page) =>
        page.Document.Body!.Descendants<IText>()
            .Where(t => t.ParentElement is { } parent && parent.Closest("[lang^=zh], script, template, option") is null && TextTests.IsUntranslated(t.Data))
            .Select(t => $"shows '{t.Data.Trim()}' to English readers");

    static void Listen(IServiceCollection services, ConcurrentQueue<string> missing)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IStringLocalizerFactory));
        services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory>(s =>
            new ListeningFactory((IStringLocalizerFactory)ActivatorUtilities.CreateInstance(s, inner.ImplementationType!), missing)));
    }

    /// <summary>Writes down every key that was asked for and is nowhere.</summary>
    sealed class ListeningFactory(IStringLocalizerFactory inner, ConcurrentQueue<string> missing) : IStringLocalizerFactory
    {
        public IStringLocalizer Create(Type resourceSource) => new Listening(inner.Create(resourceSource), resourceSource.Name, missing);

        public IStringLocalizer Create(string baseName, string location) => new Listening(inner.Create(baseName, location), baseName, missing);
    }

    sealed class Listening(IStringLocalizer inner, string source, ConcurrentQueue<string> missing) : IStringLocalizer
    {
        public LocalizedString this[string name] => Heard(inner[name]);

        public LocalizedString this[string name, params object[] arguments] => Heard(inner[name, arguments]);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => inner.GetAllStrings(includeParentCultures);

        LocalizedString Heard(LocalizedString text)
        {
            // Texts asks source after source: only a page's own question counts.
            if (text.ResourceNotFound && !Environment.StackTrace.Contains("VenueBooking.Web.Texts", StringComparison.Ordinal))
                missing.Enqueue($"{source}: {text.Name}");
            return text;
        }
    }
}

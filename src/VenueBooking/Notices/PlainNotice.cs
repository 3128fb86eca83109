using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>A notice that is words alone: nothing is looked up when it goes out.</summary>
/// <param name="Words">How the keys of its subject and its first paragraph begin (<c>{Words}_subject</c>, <c>{Words}_body</c>); null: as its kind.</param>
/// <param name="More">The key of a second paragraph.</param>
/// <param name="Button">The key of its button's words.</param>
/// <param name="Page">Where the button leads.</param>
/// <param name="Quotes">The text of the payload that ends it where there is one, as it was written.</param>
public sealed record PlainNotice(string Kind, string? Words = null, string? More = null, string? Button = null, string? Page = null, string? Quotes = null);

public static class PlainNotices
{
    public static IServiceCollection AddPlainNotices(this IServiceCollection services, params PlainNotice[] notices)
    {
        foreach (var notice in notices)
            services.AddScoped<INoticeTemplate>(sp => ActivatorUtilities.CreateInstance<Template>(sp, notice));
        return services;
    }

    sealed class Template(PlainNotice plain, Texts texts, SiteAddress site) : INoticeTemplate
    {
        readonly string words = plain.Words ?? plain.Kind;

        public string Kind => plain.Kind;

        public Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct) => Task.FromResult<NoticeContent?>(new(
            texts[words + "_subject"], [.. Paragraphs(notice)],
            plain is { Button: { } button, Page: { } page } ? new(texts[button], site.Page(page)) : null));

        IEnumerable<string> Paragraphs(Notice notice)
        {
            yield return texts[words + "_body"];
            if (plain.More is { } more)
                yield return texts[more];
            if (plain.Quotes is { } name && notice.Text(name) is { } quoted)
                yield return quoted;
        }
    }
}

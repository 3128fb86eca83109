using VenueBooking.Web;

namespace VenueBooking.Notices;

/// <summary>From a notice to a mail: the module's template in the recipient's language, in the one layout.</summary>
public sealed class NoticeRenderer(IEnumerable<INoticeTemplate> templates, MailLayout layout, TimeProvider clock)
{
    /// <returns>Null when there is no longer anything to say.</returns>
    /// <exception cref="InvalidOperationException">No module has a template for this kind.</exception>
    public Task<Mail?> RenderAsync(ClaimedNotice claimed, CancellationToken ct) =>
        Languages.In(claimed.Language, () => InItsLanguageAsync(claimed, ct));

    async Task<Mail?> InItsLanguageAsync(ClaimedNotice claimed, CancellationToken ct)
    {
        var notice = claimed.Notice;
        var template = templates.FirstOrDefault(t => t.Kind == notice.Kind)
            ?? throw new InvalidOperationException($"no template for notices of kind '{notice.Kind}'");
        if (await template.RenderAsync(notice, ct) is not { } content)
            return null;
        return new(notice.Id, layout.SiteName, claimed.To!, claimed.Name is { } name ? OneLine(name) : null, OneLine(content.Subject),
            layout.AsText(claimed.Name, content), layout.AsHtml(claimed.Name, content), content.Calendar, clock.GetUtcNow());
    }

    // A line break in a header would be a second header, and strict readers refuse the whole mail for any other sign that is no letter.
    static string OneLine(string header) => string.Concat(header.ReplaceLineEndings(" ").Where(c => !char.IsControl(c))).Trim();
}

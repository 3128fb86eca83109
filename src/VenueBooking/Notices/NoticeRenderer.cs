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
        if (await template.RenderAsync(notice, ct) is not { } content) return null;
        return new(notice.Id, claimed.To!, claimed.Name, OneLine(content.Subject),
            layout.AsText(claimed.Name, content), layout.AsHtml(claimed.Name, content), content.Calendar, clock.GetUtcNow());
    }

    // A line break in a subject would be a second header.
    static string OneLine(string subject) => subject.ReplaceLineEndings(" ").Trim();
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Shared.Parts;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Notices;

/// <summary>Every notice and what became of it. It shows who was written to, so each look is in the audit log.</summary>
[Authorize(Policy = Policies.Staff)]
public sealed class IndexModel(NoticeList list, SendAgain again, NoticeWatch watch, Texts texts, IStringLocalizer<NoticeText> words) : PageModel
{
    const int PageSize = 50, ExportAtMost = 50_000;

    [FromQuery] public string? State { get; set; }
    [FromQuery] public string? Kind { get; set; }
    [FromQuery] public string? To { get; set => field = SearchText.Clean(value); }
    /// <summary>Asks before all are sent again, for those without JavaScript.</summary>
    [FromQuery] public bool Ask { get; set; }

    public Page<NoticeLine> Notices { get; private set; } = new([], null);
    public IReadOnlyDictionary<NoticeState, int> Counts { get; private set; } = new Dictionary<NoticeState, int>();
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    public NoticeFilter Filter => new(SnakeCase.TryParse<NoticeState>(State, out var state) ? state : null, Kind, To);

    public bool IsNarrowed => Filter.State is not null || !string.IsNullOrEmpty(Kind) || To is not null;

    public int Failed => Counts.GetValueOrDefault(NoticeState.Failed);

    /// <summary>Null for what is not counted.</summary>
    public int? CountOf(NoticeState state) => state is NoticeState.Due or NoticeState.Failed ? Counts.GetValueOrDefault(state) : null;

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        var odd = ModelState.Unread();
        if (!Cursor.TryParseTime(cursor, out var after))
            odd.Add(nameof(cursor));
        if (odd.Count > 0)
            return this.LeadToWithout(odd);
        Notices = await list.PageAsync(Filter, after, PageSize, ct);
        Counts = await list.CountsAsync(ct);
        Kinds = [.. list.Kinds.Select(k => new SelectListItem(NameOf(k), k)).OrderBy(k => k.Text, StringComparer.CurrentCulture)];
        await watch.LookedAsync("notice.list", Filter, ct);
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct)
    {
        var lines = await list.AllAsync(Filter, ExportAtMost, ct);
        await watch.LookedAsync("notice.export", Filter, ct);
        string[] head = [words["kind"], words["recipient"], words["mailbox_address"], words["state"], words["created"], words["sent"], words["attempts"], words["error"]];
        return TableFile.Of(format, "notices", head, lines.Select(l => (IReadOnlyList<object?>)
            [NameOf(l.Kind), l.IsToNobody ? words["recipient_gone"].Value : l.Name, l.Address, words["state_" + Word(l.State)].Value, l.CreatedAt, l.SentAt, l.Attempts, l.Error]));
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken ct)
    {
        var outcome = await again.OneAsync(id, ct);
        if (outcome.Refusal == Refusal.NotFound)
            return NotFound();
        if (outcome.Refusal is { } refusal)
            this.Flash(texts.Of(refusal), NoticeKind.Warning);
        else
            this.Flash(words["again_done"]);
        return RedirectToPage("/Notices/Index", new { state = State, kind = Kind, to = To });
    }

    public async Task<IActionResult> OnPostAgainAllAsync(CancellationToken ct)
    {
        this.Flash(words["again_all_done", await again.AllAsync(ct)]);
        return RedirectToPage("/Notices/Index");
    }

    /// <summary>The module's words for a kind, under <c>notice_</c> and the kind; the kind itself where it has none.</summary>
    public string NameOf(string kind) => texts["notice_" + kind] is var name && name != "notice_" + kind ? name : kind;

    public bool HasFile(NoticeLine line) => line.State == NoticeState.Sent && watch.HasFile(line.Id);

    public static string Word(NoticeState state) => SnakeCase.Word(state);

    public static Mood MoodOf(NoticeState state) => state switch
    {
        NoticeState.Due => Mood.Info,
        NoticeState.Sent => Mood.Good,
        NoticeState.Failed => Mood.Bad,
        NoticeState.Dropped => Mood.Off,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}

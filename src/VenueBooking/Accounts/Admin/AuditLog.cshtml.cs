using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Shared;
using VenueBooking.Web;

namespace VenueBooking.Accounts.Admin;

/// <summary>Who did what to whom, newest first. Nobody changes it; administrators read it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AuditLogModel(AuditSearch search, AuditReader reader, AuditExport export, AuditWords words, IStringLocalizer<AccountText> t)
    : PageModel
{
    const int Size = 50;

    [BindProperty(SupportsGet = true)] public string? Who { get; set => field = SearchText.Clean(value); }
    [BindProperty(SupportsGet = true)] public string? What { get; set => field = SearchText.Clean(value); }
    [BindProperty(SupportsGet = true)] public string? Subject { get; set => field = SearchText.Clean(value); }
    [BindProperty(SupportsGet = true)] public Guid? SubjectId { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }
    AuditFilter Filter => new(Who, What, Subject, SubjectId, From, Until);

    public Page<AuditRow> List { get; private set; } = new([], null);
    public IReadOnlyList<SelectListItem> Actions => words.Actions();
    public IReadOnlyList<SelectListItem> Subjects => words.Subjects();
    /// <summary>The thing that the list is narrowed to, by its name.</summary>
    public string? About { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        var odd = ModelState.Unread();
        if (!Cursor.TryParseTime(cursor, out var from))
            odd.Add(nameof(cursor));
        if (odd.Count > 0)
            return this.LeadToWithout(odd);
        var found = await search.NewestAsync(Filter, from, Size + 1, ct);
        var page = Web.Page.Of(found, Size, e => Cursor.Of(e.At, e.Id));
        List = new(await reader.ReadAsync(page.Items, ct), page.Next);
        About = SubjectId is null ? null : List.Items.Select(r => r.SubjectName ?? r.Subject).FirstOrDefault() ?? t["audit_one_thing"];
        return Page();
    }

    // A file says nothing of what was left out of its address.
    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct) =>
        ModelState.IsValid ? await export.MakeAsync(Filter, format, ct) : BadRequest();
}

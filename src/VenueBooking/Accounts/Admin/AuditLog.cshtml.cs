using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Accounts.Admin;

/// <summary>Who did what to whom, newest first. Nobody changes it; administrators read it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AuditLogModel(AppDb db, Audit audit, AuditSearch search, AuditReader reader, AuditWords words, IStringLocalizer<AccountText> t)
    : PageModel
{
    const int Size = 50, MostExported = 50_000;

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

    public async Task<IActionResult> OnGetExportAsync(string? format, CancellationToken ct)
    {
        // A file says nothing of what was left out of its address.
        if (!ModelState.IsValid)
            return BadRequest();
        var found = await search.NewestAsync(Filter, null, MostExported, ct);
        var rows = await reader.ReadAsync(found, ct);
        audit.Record("audit.export", "audit", null, after: new { Who, What, Subject, SubjectId, From, Until, count = found.Count });
        await db.SaveChangesAsync(ct);
        return TableFile.Of(format, "audit", [t["audit_when"], t["audit_who"], t["audit_what"], t["audit_subject"], t["audit_name"], t["audit_field"], t["audit_before"], t["audit_after"], t["audit_address"]],
            rows.SelectMany(row => row.Changes.DefaultIfEmpty(new("", null, null)), IReadOnlyList<object?> (row, change) =>
                [row.Entry.At, row.Actor, row.Action, row.Subject, row.SubjectName, change.Field, change.Before, change.After, row.Entry.Address?.ToString()]));
    }
}

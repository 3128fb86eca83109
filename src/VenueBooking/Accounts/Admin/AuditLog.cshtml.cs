using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Accounts.Admin;

/// <summary>Who did what to whom, newest first. Nobody changes it; administrators read it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class AuditLogModel(AppDb db, Audit audit) : PageModel
{
    const int Size = 50, MostExported = 50_000;

    public sealed record Row(AuditEntry Entry, IReadOnlyList<Change> Changes);

    /// <param name="Before">Null where it was not there.</param>
    public sealed record Change(string Name, string? Before, string? After);

    [BindProperty(SupportsGet = true)] public string? Who { get; set; }
    [BindProperty(SupportsGet = true)] public string? What { get; set; }
    [BindProperty(SupportsGet = true)] public string? Subject { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? SubjectId { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }
    public Page<Row> List { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(string? cursor, CancellationToken ct)
    {
        if (!Cursor.TryParseTime(cursor, out var from))
            return BadRequest();
        var entries = Narrowed();
        if (from is not null)
            entries = entries.Where(e => e.At < from.At || (e.At == from.At && e.Id < from.Id));
        var found = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Size + 1).ToListAsync(ct);
        List = Web.Page.Of(found, Size, e => Cursor.Of(e.At, e.Id)).Select(e => new Row(e, [.. ChangesOf(e)]));
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var found = await Narrowed().OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MostExported).ToListAsync(ct);
        audit.Record("audit.export", "audit", null, after: new { Who, What, Subject, SubjectId, From, Until, count = found.Count });
        await db.SaveChangesAsync(ct);
        return TableFile.Csv("audit", ["at", "actor", "action", "subject", "subject_id", "before", "after", "address"],
            found.Select(IReadOnlyList<object?> (e) => [e.At, e.ActorName, e.Action, e.Subject, e.SubjectId?.ToString(),
                e.Before?.RootElement.GetRawText(), e.After?.RootElement.GetRawText(), e.Address?.ToString()]));
    }

    IQueryable<AuditEntry> Narrowed()
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (Clean(Who) is { } who)
            entries = entries.Where(e => e.ActorName.Contains(who));
        if (Clean(What) is { } what)
            entries = entries.Where(e => e.Action.StartsWith(what));
        if (Clean(Subject) is { } subject)
            entries = entries.Where(e => e.Subject == subject);
        if (SubjectId is { } id)
            entries = entries.Where(e => e.SubjectId == id);
        // Before there were years with four digits there is no instant to compare with.
        if (From is { Year: > 1 } from)
        {
            var start = SiteTime.StartOf(from);
            entries = entries.Where(e => e.At >= start);
        }
        if (Until is { } until && until < DateOnly.MaxValue)
        {
            var end = SiteTime.StartOf(until.AddDays(1));
            entries = entries.Where(e => e.At < end);
        }
        return entries;
    }

    static string? Clean(string? text) => text?.Trim() is { Length: > 0 and <= 100 } clean ? clean : null;

    /// <summary>What differs, member by member; for a view or a deed without values nothing.</summary>
    public static IEnumerable<Change> ChangesOf(AuditEntry entry)
    {
        var (before, after) = (MembersOf(entry.Before), MembersOf(entry.After));
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var change = new Change(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (change.Before != change.After)
                yield return change;
        }
    }

    static Dictionary<string, string> MembersOf(JsonDocument? document) =>
        document?.RootElement.ValueKind switch
        {
            JsonValueKind.Object => document.RootElement.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(m => m.Name, m => m.Value.ValueKind == JsonValueKind.String ? m.Value.GetString()! : m.Value.GetRawText()),
            null => [],
            _ => new() { ["value"] = document.RootElement.GetRawText() },
        };
}

using Microsoft.Extensions.Localization;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Accounts.Admin;

/// <summary>The audit log as a table, one row a field that changed. Who took it out is itself written down.</summary>
public sealed class AuditExport(AppDb db, Audit audit, AuditSearch search, AuditReader reader, IStringLocalizer<AccountText> t)
{
    const int MostEntries = 50_000;

    static readonly string[] Columns =
        ["audit_when", "audit_who", "audit_what", "audit_subject", "audit_name", "audit_field", "audit_before", "audit_after", "audit_address"];

    public async Task<TableFileResult> MakeAsync(AuditFilter filter, string? format, CancellationToken ct)
    {
        var found = await search.NewestAsync(filter, null, MostEntries, ct);
        var rows = await reader.ReadAsync(found, ct);
        audit.Record("audit.export", "audit", null, after: new { filter.Who, filter.What, filter.Subject, filter.SubjectId, filter.From, filter.Until, count = found.Count });
        await db.SaveChangesAsync(ct);
        return TableFile.Of(format, "audit", [.. Columns.Select(column => t[column].Value)],
            rows.SelectMany(row => row.Changes.DefaultIfEmpty(new("", null, null)), IReadOnlyList<object?> (row, change) =>
                [row.Entry.At, row.Actor, row.Action, row.Subject, row.SubjectName, change.Field, change.Before, change.After, row.Entry.Address?.ToString()]));
    }
}

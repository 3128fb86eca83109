using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Startup;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>
/// <c>import roster FILE</c>: rosters of one or more grassroots unions, by whoever runs the server. As the page's file, with a
/// column 工会 (union) beside 卡号 and 姓名; all unions or none.
/// </summary>
sealed class ImportRoster(AppDb db, RosterMerge merge, Texts texts) : IImport
{
    public string Kind => "roster";

    public async Task<(bool Done, IReadOnlyList<string> Lines)> RunAsync(Table table, CancellationToken ct)
    {
        var column = table.Require(RosterSheet.UnionColumn);
        var sheet = RosterSheet.Read(table);
        if ((column.Refusal ?? sheet.Refusal) is { } refusal)
            return (false, [texts.Of(refusal)]);
        var errors = new List<TableError>(sheet.Value!.Errors);
        var unions = await UnionsAsync(table, column.Value, errors, ct);
        if (errors.Count > 0)
            return (false, Lines(errors));
        var names = table.Rows.ToDictionary(r => r.Number, r => r[column.Value]);
        return await TakeOverAsync([.. sheet.Value.Rows.GroupBy(r => unions[names[r.Number]])], ct);
    }

    async Task<(bool Done, IReadOnlyList<string> Lines)> TakeOverAsync(IGrouping<Union, RosterRow>[] rosters, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var lines = new List<string>();
        foreach (var roster in rosters.OrderBy(r => r.Key.Id))
        {
            if (await merge.ConflictsAsync(roster.Key.Id, [.. roster], ct) is { Count: > 0 } conflicts)
                return (false, Lines(conflicts));
            var plan = await merge.ApplyAsync(roster.Key.Id, [.. roster], complete: false, "import roster", ct);
            lines.Add(texts["roster_taken_over", roster.Key.Name, plan.Added.Count, plan.Renamed.Count, plan.Removed.Count, plan.Verified.Count, plan.Ended.Count]);
        }
        await transaction.CommitAsync(ct);
        return (true, lines);
    }

    async Task<Dictionary<string, Union>> UnionsAsync(Table table, int column, List<TableError> errors, CancellationToken ct)
    {
        var names = table.Rows.Select(r => r[column]).Distinct().ToArray();
        var found = (await db.Set<Union>().Where(u => names.Contains(u.Name) && u.Level == UnionLevel.Grassroots && u.EndedAt == null).ToListAsync(ct))
            .GroupBy(u => u.Name).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single());
        errors.AddRange(table.Rows.Where(r => !found.ContainsKey(r[column])).Select(r => new TableError(r.Number, table.Header(RosterSheet.UnionColumn), UnionRefusals.UnionUnknown)));
        return found;
    }

    List<string> Lines(IReadOnlyList<TableError> errors) =>
        [.. errors.OrderBy(e => e.Row).Select(e => texts["roster_error_line", e.Row, e.Column, texts.Of(e.Refusal)])];
}

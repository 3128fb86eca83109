using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>A roster from the command line, by whoever runs the server: the same reading and merging as the page's.</summary>
sealed class RosterFile(AppDb db, RosterMerge merge, Texts texts)
{
    /// <returns>Lines to print, and whether it was taken over.</returns>
    public async Task<(bool Done, IReadOnlyList<string> Lines)> ImportAsync(string path, string unionName, CancellationToken ct)
    {
        var unions = await db.Set<Union>().Where(u => u.Name == unionName && u.Level == UnionLevel.Grassroots && u.EndedAt == null).ToListAsync(ct);
        if (unions.Count != 1)
            return (false, [texts.Of(UnionRefusals.UnionUnknown)]);
        var table = TableReader.Read(await File.ReadAllBytesAsync(path, ct));
        var sheet = table.IsRefused ? table.Refusal : RosterSheet.Read(table.Value);
        if (sheet.Refusal is { } refusal)
            return (false, [texts.Of(refusal)]);
        var errors = sheet.Value!.Errors.Count > 0 ? sheet.Value.Errors : await merge.ConflictsAsync(unions[0].Id, sheet.Value.Rows, ct);
        if (errors.Count > 0)
            return (false, [.. errors.Select(e => texts["roster_error_line", e.Row, e.Column, texts.Of(e.Refusal)])]);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var plan = await merge.ApplyAsync(unions[0].Id, sheet.Value.Rows, complete: false, Path.GetFileName(path), ct);
        await transaction.CommitAsync(ct);
        return (true, [texts["roster_taken_over", unionName, plan.Added.Count, plan.Renamed.Count, plan.Removed.Count, plan.Verified.Count]]);
    }
}

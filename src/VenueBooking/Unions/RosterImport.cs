using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>
/// Roster import in two steps: read and show, then take over what was shown, whole or not at all. The same file twice
/// changes nothing. People who asked for membership before are verified where card and name match.
/// </summary>
public sealed class RosterImport(AppDb db, OfficerScope scope, RosterMerge merge, TimeProvider clock)
{
    public async Task<Outcome<RosterPreview>> ReadAsync(
        Guid unionId, Outcome<Table> file, string fileName, bool complete, Guid by, CancellationToken ct)
    {
        if (file.Refusal is { } unreadable)
            return unreadable;
        if (await scope.Unions.SingleOrDefaultAsync(u => u.Id == unionId && u.EndedAt == null, ct) is not { } union)
            return UnionRefusals.UnionUnknown;
        if (union.Level != UnionLevel.Grassroots)
            return UnionRefusals.NotGrassroots;
        var sheet = RosterSheet.Read(file.Value!);
        if (sheet.Refusal is { } refusal)
            return refusal;
        IReadOnlyList<TableError> errors = [.. sheet.Value!.Errors, .. RosterSheet.OfOtherUnions(file.Value!, union.Name)];
        errors = errors.Count > 0 ? [.. errors.OrderBy(e => e.Row)] : await merge.ConflictsAsync(unionId, sheet.Value.Rows, ct, sheet.Value.CardHeader);
        if (errors.Count > 0)
            return new RosterPreview(null, union, fileName, 0, 0, 0, 0, 0, 0, 0, errors);
        var upload = new RosterUpload
        {
            UnionId = unionId,
            UploadedBy = by,
            FileName = fileName.Length > 200 ? fileName[^200..] : fileName,
            Rows = JsonSerializer.SerializeToDocument(sheet.Value.Rows),
            Complete = complete,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(upload);
        await db.SaveChangesAsync(ct);
        return await PreviewAsync(upload, union, ct);
    }

    public async Task<Outcome<RosterPreview>> TakeOverAsync(Guid uploadId, Guid by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Deleting it is what claims it: of two clicks, one takes it over.
        var upload = await db.Set<RosterUpload>().SingleOrDefaultAsync(u => u.Id == uploadId && u.UploadedBy == by, ct);
        if (upload is null || await db.Set<RosterUpload>().Where(u => u.Id == uploadId).ExecuteDeleteAsync(ct) == 0)
            return UnionRefusals.UploadGone;
        if (await scope.Unions.SingleOrDefaultAsync(u => u.Id == upload.UnionId && u.EndedAt == null, ct) is not { } union)
            return UnionRefusals.UnionUnknown;
        var rows = RowsOf(upload);
        if (await merge.ConflictsAsync(union.Id, rows, ct) is { Count: > 0 } errors)
            return new RosterPreview(null, union, upload.FileName, 0, 0, 0, 0, 0, 0, 0, errors);
        try
        {
            var plan = await merge.ApplyAsync(union.Id, rows, upload.Complete, upload.FileName, ct);
            await transaction.CommitAsync(ct);
            return Preview(null, union, upload.FileName, plan);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException
            || e.BrokenConstraint() is "roster_entries_card_number_key" or "memberships_card_number_key" or UnionRefusals.OpenUnion)
        {
            return Refusal.Stale;
        }
    }

    async Task<RosterPreview> PreviewAsync(RosterUpload upload, Union union, CancellationToken ct) =>
        Preview(upload.Id, union, upload.FileName, await merge.PlanAsync(union.Id, RowsOf(upload), upload.Complete, ct));

    static RosterPreview Preview(Guid? uploadId, Union union, string fileName, RosterPlan plan) => new(
        uploadId, union, fileName, plan.Added.Count, plan.Renamed.Count, plan.Unchanged, plan.Removed.Count, plan.Verified.Count, plan.Ended.Count, plan.Bookings, []);

    static List<RosterRow> RowsOf(RosterUpload upload) => upload.Rows.Deserialize<List<RosterRow>>() ?? [];
}

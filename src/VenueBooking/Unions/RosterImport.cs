using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Unions;

/// <summary>A roster that was read and shown, waiting to be taken over.</summary>
public sealed class RosterUpload
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UnionId { get; init; }
    public Guid UploadedBy { get; init; }
    public required string FileName { get; init; }
    public required JsonDocument Rows { get; init; }
    /// <summary>The file is the whole list: who is not in it leaves the union.</summary>
    public bool Complete { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What taking a roster over would do.</summary>
/// <param name="Errors">With any, nothing can be taken over.</param>
public sealed record RosterPreview(
    Guid? UploadId, Union Union, string FileName, int Added, int Renamed, int Unchanged, int Removed, int Verified, int Ended, int Bookings,
    IReadOnlyList<TableError> Errors)
{
    public bool ChangesNothing => Added + Renamed + Removed + Verified + Ended == 0;
}

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
            || e.BrokenConstraint() is "roster_entries_card_number_key" or "memberships_card_number_key")
        {
            return new Refusal("stale");
        }
    }

    async Task<RosterPreview> PreviewAsync(RosterUpload upload, Union union, CancellationToken ct) =>
        Preview(upload.Id, union, upload.FileName, await merge.PlanAsync(union.Id, RowsOf(upload), upload.Complete, ct));

    static RosterPreview Preview(Guid? uploadId, Union union, string fileName, RosterPlan plan) => new(
        uploadId, union, fileName, plan.Added.Count, plan.Renamed.Count, plan.Unchanged, plan.Removed.Count, plan.Verified.Count, plan.Ended.Count, plan.Bookings, []);

    static List<RosterRow> RowsOf(RosterUpload upload) => upload.Rows.Deserialize<List<RosterRow>>() ?? [];
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>The signed paper, or what belongs to it.</summary>
public sealed class AgreementAttachment
{
    public const int MostBytes = 10 * 1024 * 1024, MostPerAgreement = 20;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid AgreementId { get; init; }
    public required string Name { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Bytes { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the content is, whatever its name says; null for anything that is no PDF and no picture.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) ? "application/pdf"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) ? "image/png"
        : null;
}

/// <param name="Size">Bytes.</param>
public sealed record AttachmentLine(Guid Id, string Name, string ContentType, int Size, DateTimeOffset CreatedAt);

/// <summary>Papers of an agreement: kept, shown, taken off.</summary>
public sealed class Attachments(AppDb db, Audit audit, TimeProvider clock)
{
    public Task<List<AttachmentLine>> OfAsync(Guid agreementId, CancellationToken ct) =>
        db.Set<AgreementAttachment>().Where(a => a.AgreementId == agreementId).OrderBy(a => a.CreatedAt)
            .Select(a => new AttachmentLine(a.Id, a.Name, a.ContentType, a.Bytes.Length, a.CreatedAt)).ToListAsync(ct);

    public Task<AgreementAttachment?> FindAsync(Guid agreementId, Guid id, CancellationToken ct) =>
        db.Set<AgreementAttachment>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.AgreementId == agreementId, ct);

    public async Task<Outcome<Done>> AddAsync(Guid agreementId, IFormFile? file, CancellationToken ct)
    {
        if (file is null || file.Length == 0)
            return Refusal.Invalid("attachment_missing", "File");
        if (file.Length > AgreementAttachment.MostBytes)
            return Refusal.Invalid("attachment_too_big", "File", AgreementAttachment.MostBytes / 1024 / 1024);
        using var copy = new MemoryStream((int)file.Length);
        await file.CopyToAsync(copy, ct);
        if (AgreementAttachment.TypeOf(copy.ToArray()) is not { } type)
            return Refusal.Invalid("attachment_type", "File");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockAgreementAsync(agreementId, ct) is null)
            return Refusal.NotFound;
        if (await db.Set<AgreementAttachment>().CountAsync(a => a.AgreementId == agreementId, ct) >= AgreementAttachment.MostPerAgreement)
            return Refusal.Invalid("attachment_too_many", "File", AgreementAttachment.MostPerAgreement);
        var made = new AgreementAttachment { AgreementId = agreementId, Name = NameOf(file.FileName), ContentType = type, Bytes = copy.ToArray(), CreatedAt = clock.GetUtcNow() };
        db.Add(made);
        audit.Record("agreement.attach", "agreement", agreementId, null, new { made.Id, made.Name, Size = made.Bytes.Length });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.It;
    }

    public async Task<Outcome<Done>> RemoveAsync(Guid agreementId, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var chosen = db.Set<AgreementAttachment>().Where(a => a.Id == id && a.AgreementId == agreementId);
        var name = await chosen.Select(a => a.Name).SingleOrDefaultAsync(ct);
        if (await chosen.ExecuteDeleteAsync(ct) == 0)
            return Refusal.NotFound;
        audit.Record("agreement.detach", "agreement", agreementId, new { id, name });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.It;
    }

    /// <summary>The file's own name without folders and odd characters.</summary>
    static string NameOf(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        var clean = new string([.. last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)]);
        return clean.Length == 0 ? "file" : clean.Length > 120 ? clean[^120..] : clean;
    }
}

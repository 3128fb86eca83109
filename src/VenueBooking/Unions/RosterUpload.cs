using System.Text.Json;

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

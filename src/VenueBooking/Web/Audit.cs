using System.Net;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VenueBooking.Data;

namespace VenueBooking.Web;

/// <summary>One line of the append-only audit log.</summary>
public sealed class AuditEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public DateTimeOffset At { get; init; }
    public Guid? ActorId { get; init; }
    public required string ActorName { get; init; }
    /// <summary>A stable word: <c>venue.edit</c>, <c>member.view</c>.</summary>
    public required string Action { get; init; }
    public required string Subject { get; init; }
    public Guid? SubjectId { get; init; }
    public JsonDocument? Before { get; init; }
    public JsonDocument? After { get; init; }
    public IPAddress? Address { get; init; }
}

sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(e => e.ActorName).HasMaxLength(100);
        builder.Property(e => e.Action).HasMaxLength(60);
        builder.Property(e => e.Subject).HasMaxLength(60);
        builder.Property(e => e.Before).HasColumnType("jsonb");
        builder.Property(e => e.After).HasColumnType("jsonb");
    }
}

/// <summary>
/// Writes down who did what, with before and after, in the transaction that does it: call <see cref="Record"/> before
/// <c>SaveChanges</c>. Also for every view of a member's personal data.
/// </summary>
public sealed class Audit(AppDb db, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>Who does what nobody did: a job, a command.</summary>
    public const string System = "system";
    /// <summary>A table, taken in by command.</summary>
    public const string Import = "import";

    /// <summary>Who is written down where nobody is signed in.</summary>
    public string Otherwise { get; set; } = System;

    /// <summary>Words, not numbers, for what is one of few: the log outlives the order they are declared in.</summary>
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    /// <summary>Where what was is what is, nothing was done and nothing is written.</summary>
    public void Record(string action, string subject, Guid? subjectId, object? before = null, object? after = null)
    {
        var entry = Make(action, subject, subjectId, before, after);
        if (entry is not { Before.RootElement: var was, After.RootElement: var now } || !JsonElement.DeepEquals(was, now))
            db.Set<AuditEntry>().Add(entry);
    }

    /// <summary>The line alone, for a transaction that is not this context's.</summary>
    public AuditEntry Make(string action, string subject, Guid? subjectId, object? before = null, object? after = null)
    {
        var user = http.HttpContext?.User;
        return new AuditEntry
        {
            At = clock.GetUtcNow(),
            ActorId = Guid.TryParse(user?.FindFirst(ClaimTypes.NameIdentifier)?.Value, out var id) ? id : null,
            ActorName = user?.FindFirst("display_name")?.Value ?? user?.Identity?.Name ?? Otherwise,
            Action = action,
            Subject = subject,
            SubjectId = subjectId,
            Before = before is null ? null : JsonSerializer.SerializeToDocument(before, Json),
            After = after is null ? null : JsonSerializer.SerializeToDocument(after, Json),
            Address = http.HttpContext?.Connection.RemoteIpAddress,
        };
    }
}

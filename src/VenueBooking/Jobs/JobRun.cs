using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VenueBooking.Jobs;

/// <summary>One run of a recurring job: what the jobs page shows.</summary>
public sealed class JobRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Job { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    /// <summary>Null while it runs, and for ever where the process died meanwhile.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public int? Done { get; init; }
    public string? Error { get; init; }
}

sealed class JobRunConfiguration : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("job_runs");
        builder.Property(r => r.Job).HasMaxLength(60);
        builder.Property(r => r.Error).HasMaxLength(2000);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VenueBooking.Unions;

sealed class UnionsConfiguration : IEntityTypeConfiguration<Union>, IEntityTypeConfiguration<UnionOfficer>,
    IEntityTypeConfiguration<Membership>, IEntityTypeConfiguration<RosterEntry>
{
    public void Configure(EntityTypeBuilder<Union> builder)
    {
        builder.ToTable("unions");
        builder.Property(u => u.Name).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<UnionOfficer> builder) =>
        builder.ToTable("union_officers").HasKey(o => new { o.UserId, o.UnionId });

    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships").HasKey(m => m.UserId);
        builder.Property(m => m.Name).HasMaxLength(100);
        builder.Property(m => m.CardNumber).HasMaxLength(32);
        builder.Property(m => m.RejectedReason).HasMaxLength(300);
    }

    public void Configure(EntityTypeBuilder<RosterEntry> builder)
    {
        builder.ToTable("roster_entries");
        builder.Property(r => r.CardNumber).HasMaxLength(32);
        builder.Property(r => r.Name).HasMaxLength(100);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VenueBooking.Accounts;

namespace VenueBooking.Unions;

sealed class UnionsConfiguration : IEntityTypeConfiguration<Union>, IEntityTypeConfiguration<UnionOfficer>,
    IEntityTypeConfiguration<Membership>, IEntityTypeConfiguration<RosterEntry>, IEntityTypeConfiguration<RosterUpload>
{
    public void Configure(EntityTypeBuilder<Union> builder)
    {
        builder.ToTable("unions");
        builder.HasOne<Union>().WithMany().HasForeignKey(u => u.ParentId);
        builder.Property(u => u.Name).HasMaxLength(100);
        builder.Property(u => u.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<UnionOfficer> builder) =>
        builder.ToTable("union_officers").HasKey(o => new { o.UserId, o.UnionId });

    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships").HasKey(m => m.UserId);
        builder.HasOne<AppUser>().WithOne().HasForeignKey<Membership>(m => m.UserId);
        builder.Property(m => m.Name).HasMaxLength(100);
        builder.Property(m => m.CardNumber).HasMaxLength(32);
        builder.Property(m => m.RejectedReason).HasMaxLength(300);
        builder.Property(m => m.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<RosterEntry> builder)
    {
        builder.ToTable("roster_entries");
        builder.Property(r => r.CardNumber).HasMaxLength(32);
        builder.Property(r => r.Name).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<RosterUpload> builder)
    {
        builder.ToTable("roster_uploads");
        builder.Property(u => u.FileName).HasMaxLength(200);
        builder.Property(u => u.Rows).HasColumnType("jsonb");
    }
}

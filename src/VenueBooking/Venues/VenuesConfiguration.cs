using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VenueBooking.Venues;

sealed class VenuesConfiguration : IEntityTypeConfiguration<Venue>, IEntityTypeConfiguration<Space>, IEntityTypeConfiguration<VenueDesk>,
    IEntityTypeConfiguration<OpeningHours>, IEntityTypeConfiguration<VenuePhoto>, IEntityTypeConfiguration<Closure>, IEntityTypeConfiguration<Holiday>
{
    public void Configure(EntityTypeBuilder<Venue> builder)
    {
        builder.ToTable("venues").Ignore(v => v.LocalName).Ignore(v => v.LocalSummary);
        builder.Property(v => v.Version).IsRowVersion();
        builder.Property(v => v.Name).HasMaxLength(100);
        builder.Property(v => v.NameEn).HasMaxLength(100);
        builder.Property(v => v.Summary).HasMaxLength(500);
        builder.Property(v => v.SummaryEn).HasMaxLength(500);
        builder.Property(v => v.Address).HasMaxLength(200);
        builder.Property(v => v.Phone).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<Space> builder)
    {
        builder.ToTable("spaces").Ignore(s => s.LocalName).Ignore(s => s.IsExclusive);
        builder.Property(s => s.Version).IsRowVersion();
        builder.HasOne<Venue>().WithMany().HasForeignKey(s => s.VenueId);
        builder.Property(s => s.Name).HasMaxLength(60);
        builder.Property(s => s.NameEn).HasMaxLength(60);
        builder.Property(s => s.Activity).HasMaxLength(30);
    }

    public void Configure(EntityTypeBuilder<VenueDesk> builder) => builder.ToTable("venue_desks").HasKey(d => new { d.UserId, d.VenueId });

    public void Configure(EntityTypeBuilder<OpeningHours> builder)
    {
        builder.ToTable("opening_hours").HasKey(h => new { h.VenueId, h.Weekday, h.Opens });
        builder.HasOne<Venue>().WithMany().HasForeignKey(h => h.VenueId);
        builder.Property(h => h.Weekday).HasColumnType("smallint");
    }

    public void Configure(EntityTypeBuilder<VenuePhoto> builder)
    {
        builder.ToTable("venue_photos");
        builder.HasOne<Venue>().WithMany().HasForeignKey(p => p.VenueId);
        builder.Property(p => p.Caption).HasMaxLength(200);
        builder.Property(p => p.ContentType).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<Closure> builder)
    {
        builder.ToTable("closures");
        builder.HasOne<Venue>().WithMany().HasForeignKey(c => c.VenueId);
        builder.Property(c => c.Reason).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<Holiday> builder)
    {
        builder.ToTable("holidays").HasKey(h => h.Day);
        builder.Property(h => h.Version).IsRowVersion();
        builder.Property(h => h.Name).HasMaxLength(60);
        builder.Property(h => h.StandsIn).HasColumnType("smallint");
    }
}

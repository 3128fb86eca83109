using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VenueBooking.Venues;

namespace VenueBooking.Supply;

sealed class SupplyConfiguration : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<PurchaseBlock>, IEntityTypeConfiguration<Slot>, IEntityTypeConfiguration<AgreementAttachment>
{
    public void Configure(EntityTypeBuilder<Agreement> builder)
    {
        builder.ToTable("agreements");
        builder.HasOne<Venue>().WithMany().HasForeignKey(a => a.VenueId);
        builder.Property(a => a.Number).HasMaxLength(40);
        builder.Property(a => a.Counterparty).HasMaxLength(100);
        builder.Property(a => a.Notes).HasMaxLength(2000);
        builder.Property(a => a.TerminatedReason).HasMaxLength(300);
        builder.Property(a => a.Version).IsRowVersion();
    }

    public void Configure(EntityTypeBuilder<PurchaseBlock> builder)
    {
        builder.ToTable("purchase_blocks").Ignore(b => b.Minutes);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(b => b.AgreementId);
        builder.HasOne<Space>().WithMany().HasForeignKey(b => b.SpaceId);
    }

    public void Configure(EntityTypeBuilder<Slot> builder)
    {
        builder.ToTable("slots").Ignore(s => s.Free).Ignore(s => s.IsExclusive);
        builder.Property(s => s.Activity).HasMaxLength(30);
    }

    public void Configure(EntityTypeBuilder<AgreementAttachment> builder)
    {
        builder.ToTable("agreement_attachments");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(a => a.AgreementId);
        builder.Property(a => a.Name).HasMaxLength(120);
        builder.Property(a => a.ContentType).HasMaxLength(40);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VenueBooking.Venues;

namespace VenueBooking.Supply;

sealed class SupplyConfiguration : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<PurchaseBlock>, IEntityTypeConfiguration<Slot>
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
        builder.ToTable("purchase_blocks");
        builder.HasOne<Agreement>().WithMany().HasForeignKey(b => b.AgreementId);
        builder.HasOne<Space>().WithMany().HasForeignKey(b => b.SpaceId);
    }

    public void Configure(EntityTypeBuilder<Slot> builder)
    {
        builder.ToTable("slots").Ignore(s => s.Free).Ignore(s => s.IsExclusive);
        builder.Property(s => s.Activity).HasMaxLength(30);
    }
}

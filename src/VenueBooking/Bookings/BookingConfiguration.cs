using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VenueBooking.Bookings;

sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings").Ignore(b => b.IsActive);
        builder.Property(b => b.Activity).HasMaxLength(30);
        builder.Property(b => b.Code).HasMaxLength(6).IsFixedLength();
        builder.Property(b => b.EndReason).HasMaxLength(30);
        builder.Property(b => b.GuestName).HasMaxLength(100);
    }
}

using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Venues;

namespace VenueBooking.Bookings;

/// <summary>A booking with all that a mail or a calendar says of it.</summary>
public sealed record BookingFacts(Booking Booking, string VenueName, string? VenueNameEn, string Address, string? Phone, string SpaceName, string? SpaceNameEn,
    DateTimeOffset CancelUntil, string? MemberName, string? MemberEmail)
{
    public string Place => $"{VenueNames.Local(VenueName, VenueNameEn)} {VenueNames.Local(SpaceName, SpaceNameEn)}";

    // Compiled once: in a rush every booking wants its mail, and putting the query together costs more than running it.
    static readonly Func<AppDb, Guid, CancellationToken, Task<BookingFacts?>> ById =
        EF.CompileAsyncQuery((AppDb db, Guid id, CancellationToken ct) => (
            from b in db.Set<Booking>().AsNoTracking()
            where b.Id == id
            join s in db.Set<Slot>() on b.SlotId equals s.Id
            join v in db.Set<Venue>() on b.VenueId equals v.Id
            join p in db.Set<Space>() on s.SpaceId equals p.Id
            join u in db.Set<AppUser>() on b.MemberId equals u.Id into users
            from u in users.DefaultIfEmpty()
            select new BookingFacts(b, v.Name, v.NameEn, v.Address, v.Phone, p.Name, p.NameEn, s.CancelUntil, u!.DisplayName, u.Email)).FirstOrDefault());

    public static Task<BookingFacts?> OneAsync(AppDb db, Guid bookingId, CancellationToken ct) => ById(db, bookingId, ct);

    public static IQueryable<BookingFacts> Of(AppDb db, IQueryable<Booking> bookings) =>
        from b in bookings
        join s in db.Set<Slot>() on b.SlotId equals s.Id
        join v in db.Set<Venue>() on b.VenueId equals v.Id
        join p in db.Set<Space>() on s.SpaceId equals p.Id
        join u in db.Set<AppUser>() on b.MemberId equals u.Id into users
        from u in users.DefaultIfEmpty()
        select new BookingFacts(b, v.Name, v.NameEn, v.Address, v.Phone, p.Name, p.NameEn, s.CancelUntil, u!.DisplayName, u.Email);
}

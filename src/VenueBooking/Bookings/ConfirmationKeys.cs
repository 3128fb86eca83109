using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Notices;

namespace VenueBooking.Bookings;

/// <summary>A confirmation lies in the outbox under its booking's id.</summary>
sealed class ConfirmationKeys(AppDb db) : INoticeKeys
{
    public string Kind => BookingNotices.Confirmed;

    public async Task<IReadOnlyList<string>> OfAsync(Guid[] people, CancellationToken ct) =>
        [.. (await db.Set<Booking>().Where(b => people.Contains(b.MemberId!.Value)).Select(b => b.Id).ToListAsync(ct)).Select(id => id.ToString())];
}

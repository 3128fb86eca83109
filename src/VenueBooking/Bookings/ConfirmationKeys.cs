using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Notices;

namespace VenueBooking.Bookings;

/// <summary>A confirmation lies in the outbox under its booking's id.</summary>
sealed class ConfirmationKeys(AppDb db) : INoticeKeys
{
    public string Kind => BookingNotices.Confirmed;

    /// <summary>No slot is longer.</summary>
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Booked and confirmed at once. Nobody books what is over: so of what began long before, which the index tells, nothing is read.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Guid[] people, DateTimeOffset since, CancellationToken ct)
    {
        var began = since - Day;
        return [.. (await db.Set<Booking>().Where(b => people.Contains(b.MemberId!.Value) && b.StartsAt > began && b.CreatedAt >= since).Select(b => b.Id).ToListAsync(ct))
            .Select(id => id.ToString())];
    }
}

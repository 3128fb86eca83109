using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;

namespace VenueBooking.Bookings;

/// <summary>What a search can choose from, and which of the coming days have something.</summary>
public sealed class FindChoices(AppDb db, Availability availability)
{
    /// <summary>Activities that some venue offers, in the order people know them.</summary>
    public async Task<IReadOnlyList<string>> ActivitiesAsync(CancellationToken ct)
    {
        var offered = await db.Set<Space>().Where(s => s.RetiredAt == null).Select(s => s.Activity).Distinct().ToListAsync(ct);
        return [.. Activities.All.Where(offered.Contains)];
    }

    public async Task<IReadOnlyList<SelectListItem>> VenuesAsync(CancellationToken ct)
    {
        var venues = await db.Set<Venue>().AsNoTracking().Where(v => v.RetiredAt == null).OrderBy(v => v.Name)
            .Select(v => new { v.Id, v.Name, v.NameEn }).ToListAsync(ct);
        return [.. venues.Select(v => new SelectListItem(VenueNames.Local(v.Name, v.NameEn), v.Id.ToString()))];
    }

    /// <summary>Free times per day of the same search, from its day on.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, FreeDay>> FreeByDayAsync(FindSlots wish, int days, CancellationToken ct)
    {
        var counts = new Dictionary<DateOnly, FreeDay>();
        for (var day = wish.Date; day < wish.Date.AddDays(days); day = day.AddDays(1))
            counts[day] = await availability.CountAsync(wish with { Date = day }, ct);
        return counts;
    }
}

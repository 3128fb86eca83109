using System.Globalization;
using System.Text.Json;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What <c>GET /api/v1/slots</c> was asked, checked.</summary>
public sealed record SlotQuery(DateOnly Date, string? Activity, Guid? VenueId, bool FreeOnly, Cursor? Cursor)
{
    public static Outcome<SlotQuery> Read(DateOnly today, string? date, string? activity, string? venueId, string? free, string? cursor)
    {
        if (!TryDate(date, today, out var day))
            return Refusal.Invalid("invalid_date", "date");
        if (activity is { Length: > 0 } && !Activities.IsKnown(activity))
            return Refusal.Invalid("invalid_activity", "activity");
        if (!TryId(venueId, out var venue))
            return Refusal.Invalid("invalid_id", "venueId");
        if (free is { Length: > 0 } and not ("true" or "false" or "1" or "0"))
            return Refusal.Invalid("invalid_flag", "free");
        if (!Cursor.TryParseTime(cursor, out var after))
            return Cursor.Refused;
        return new SlotQuery(day, activity is { Length: > 0 } ? activity : null, venue, free is "true" or "1", after);
    }

    public static bool TryDate(string? text, DateOnly today, out DateOnly day)
    {
        day = today;
        return string.IsNullOrEmpty(text)
            || (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is > 2000 and < 2200);
    }

    public static bool TryId(string? text, out Guid? id)
    {
        id = Guid.TryParseExact(text, "D", out var parsed) ? parsed : null;
        return string.IsNullOrEmpty(text) || id is not null;
    }
}

/// <summary>The list of slots as JSON bytes, made once for all who ask the same within the life of a reading.</summary>
public sealed class SlotList(Availability availability, SlotCache cache, TimeProvider clock)
{
    const int PageSize = 200;

    public Task<byte[]> JsonAsync(SlotQuery query, CancellationToken ct)
    {
        var key = string.Join('|', CultureInfo.CurrentUICulture.Name, query.Activity, query.FreeOnly, query.Cursor);
        return cache.GetAsync(new(query.VenueId ?? Guid.Empty, query.Date), key, () => MakeAsync(query)).WaitAsync(ct);
    }

    async Task<byte[]> MakeAsync(SlotQuery query)
    {
        var now = clock.GetUtcNow();
        var slots = query.VenueId is { } venue ? await availability.VenueDayAsync(venue, query.Date) : await availability.AllAsync(query.Date);
        var page = slots
            .Where(s => (query.Activity is null || s.Activity == query.Activity) && (!query.FreeOnly || s.IsBookable(now)))
            .OrderBy(s => s.StartsAt).ThenBy(s => s.Id)
            .Where(s => query.Cursor is null || s.StartsAt > query.Cursor.At || (s.StartsAt == query.Cursor.At && s.Id.CompareTo(query.Cursor.Id) > 0))
            .Take(PageSize + 1).ToList();
        var more = page.Count > PageSize;
        if (more)
            page.RemoveAt(PageSize);
        var next = more ? Cursor.Of(page[^1].StartsAt, page[^1].Id).ToString() : null;
        return JsonSerializer.SerializeToUtf8Bytes(new Page<SlotItem>([.. page.Select(SlotItem.Of)], next), BookingJson.Wire.PageSlotItem);
    }
}

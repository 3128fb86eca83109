using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// The list of slots as JSON bytes, made once of a reading for all who ask the same. They go with the reading: what is answered is
/// never older than that.
/// </summary>
public sealed class SlotList(Availability availability, TimeProvider clock)
{
    const int PageSize = 200, MostPerReading = 200;

    readonly ConditionalWeakTable<IReadOnlyList<SlotLine>, ConcurrentDictionary<string, byte[]>> made = [];

    public async Task<byte[]> JsonAsync(SlotQuery query, CancellationToken ct)
    {
        var slots = query.VenueId is { } venue ? (await availability.VenueDayAsync(venue, query.Date, ct)).Slots : await availability.AllAsync(query.Date, ct);
        var answers = made.GetValue(slots, static _ => new());
        var key = string.Join('|', CultureInfo.CurrentUICulture.Name, query.Activity, query.FreeOnly, query.Cursor);
        if (answers.TryGetValue(key, out var known))
            return known;
        var answer = Make(slots, query);
        if (answers.Count < MostPerReading)
            answers[key] = answer;
        return answer;
    }

    byte[] Make(IReadOnlyList<SlotLine> slots, SlotQuery query)
    {
        var now = clock.GetUtcNow();
        var found = slots
            .Where(s => (query.Activity is null || s.Activity == query.Activity) && (!query.FreeOnly || s.IsBookable(now)))
            .OrderBy(s => s.StartsAt).ThenBy(s => s.Id)
            .Where(s => query.Cursor is null || s.StartsAt > query.Cursor.At || (s.StartsAt == query.Cursor.At && s.Id.CompareTo(query.Cursor.Id) > 0))
            .Take(PageSize + 1).Select(SlotItem.Of).ToList();
        return JsonSerializer.SerializeToUtf8Bytes(Page.Of(found, PageSize, s => Cursor.Of(s.StartsAt, s.Id)), BookingJson.Wire.PageSlotItem);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace VenueBooking.Bookings;

/// <summary>
/// Readings of slots, kept for less than a second and dropped as soon as a change is reported. Whoever asks while a reading is
/// under way waits for that one. A reading that began before a change is not given to anybody who asks after it.
/// </summary>
public sealed class SlotCache
{
    /// <summary>A whole day of all venues changes with every booking anywhere: it is read anew at most this often.</summary>
    static readonly TimeSpan SettleAll = TimeSpan.FromMilliseconds(150);
    const int MostDays = 2_000, MostPerDay = 200;

    readonly ConcurrentDictionary<Day, ConcurrentDictionary<string, Entry>> days = new();
    readonly TimeSpan lifetime;

    public SlotCache(SlotNews news, BookingRules rules)
    {
        lifetime = TimeSpan.FromMilliseconds(Math.Clamp(rules.CacheMilliseconds, 0, 1000));
        news.Changed += Drop;
    }

    /// <param name="VenueId">Empty: of all venues.</param>
    public readonly record struct Day(Guid VenueId, DateOnly Date);

    /// <param name="day">Whose changes make the reading stale.</param>
    /// <param name="what">Which reading of that day.</param>
    public Task<T> GetAsync<T>(Day day, string what, Func<Task<T>> read)
    {
        if (days.Count > MostDays)
            days.Clear();
        var readings = days.GetOrAdd(day, static _ => new());
        while (true)
        {
            if (readings.TryGetValue(what, out var known) && IsFresh(day, known))
                return (Task<T>)known.Reading;
            // The machine's own clock: this is about how old a reading is.
            var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            var entry = new Entry(Stopwatch.GetTimestamp(), answer.Task);
            if (readings.Count > MostPerDay)
                readings.Clear();
            else if (known is null ? !readings.TryAdd(what, entry) : !readings.TryUpdate(what, entry, known))
                continue;
            return FillAsync(() => readings.TryRemove(new(what, entry)), answer, read);
        }
    }

    bool IsFresh(Day day, Entry entry)
    {
        var age = Stopwatch.GetElapsedTime(entry.Began);
        return age < lifetime && (!entry.IsChanged || (day.VenueId == Guid.Empty && age < SettleAll));
    }

    static async Task<T> FillAsync<T>(Action forget, TaskCompletionSource<T> answer, Func<Task<T>> read)
    {
        try
        {
            answer.SetResult(await read());
        }
        catch (Exception error)
        {
            forget();
            answer.SetException(error);
        }
        return await answer.Task;
    }

    void Drop(Guid venueId, DateOnly date)
    {
        Mark(new(venueId, date));
        Mark(new(Guid.Empty, date));
    }

    void Mark(Day day)
    {
        if (days.TryGetValue(day, out var readings))
            foreach (var (_, entry) in readings)
                entry.IsChanged = true;
    }

    sealed class Entry(long began, Task reading)
    {
        public long Began => began;
        public Task Reading => reading;
        public volatile bool IsChanged;
    }
}

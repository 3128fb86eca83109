using System.Collections.Concurrent;
using System.Diagnostics;

namespace VenueBooking.Bookings;

/// <summary>
/// Readings of slots, kept for less than a second and dropped as soon as a change is reported. Whoever asks while the first
/// reading is under way waits for that one; a reading that grows old is renewed while it is still given out, so that where many
/// ask nobody waits. A reading that began before a change is not given to anybody who asks after it.
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
    /// <param name="read">Is given the reading before, where there is one: what has not changed may be answered with the same object.</param>
    public Task<T> GetAsync<T>(Day day, string what, Func<T?, Task<T>> read)
    {
        if (days.Count > MostDays)
            days.Clear();
        var readings = days.GetOrAdd(day, static _ => new());
        while (true)
        {
            readings.TryGetValue(what, out var known);
            if (known is not null && IsFresh(day, known) && !IsAgeing(known))
                return Given<T>(day, known);
            // The machine's own clock: this is about how old a reading is.
            var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            var entry = new Entry(Stopwatch.GetTimestamp(), answer.Task) { Before = known?.Reading.IsCompletedSuccessfully == true ? known : null };
            if (readings.Count > MostPerDay)
                readings.Clear();
            else if (known is null ? !readings.TryAdd(what, entry) : !readings.TryUpdate(what, entry, known))
                continue;
            _ = FillAsync(entry, () => readings.TryRemove(new(what, entry)), answer, read);
            return Given<T>(day, entry);
        }
    }

    bool IsFresh(Day day, Entry entry)
    {
        var age = Stopwatch.GetElapsedTime(entry.Began);
        return age < lifetime && (!entry.IsChanged || (day.VenueId == Guid.Empty && age < SettleAll));
    }

    /// <summary>Read, and past the better half of its life: time to renew it.</summary>
    bool IsAgeing(Entry entry) => entry.Reading.IsCompleted && Stopwatch.GetElapsedTime(entry.Began) > lifetime / 2;

    /// <summary>The reading, or while it is under way the one before as long as that is fresh.</summary>
    Task<T> Given<T>(Day day, Entry entry) =>
        (Task<T>)(!entry.Reading.IsCompleted && entry.Before is { } before && IsFresh(day, before) ? before : entry).Reading;

    static async Task FillAsync<T>(Entry entry, Action forget, TaskCompletionSource<T> answer, Func<T?, Task<T>> read)
    {
        try
        {
            answer.SetResult(await read(entry.Before is { } before ? await (Task<T>)before.Reading : default));
        }
        catch (Exception error)
        {
            forget();
            answer.SetException(error);
        }
        entry.Before = null;
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
            {
                entry.IsChanged = true;
                entry.Before?.IsChanged = true;
            }
    }

    sealed class Entry(long began, Task reading)
    {
        public long Began => began;
        public Task Reading => reading;
        /// <summary>What was known when this one began; gone when it is read.</summary>
        public Entry? Before { get; set; }
        public volatile bool IsChanged;
    }
}

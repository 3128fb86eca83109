using System.Collections.Concurrent;

namespace VenueBooking.Bookings;

/// <summary>
/// Readings of slots, kept for less than a second and dropped as soon as a change is reported. Whoever asks while a reading is
/// under way waits for that one. A reading that began before a change is not kept after it.
/// </summary>
public sealed class SlotCache
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(800);
    const int Most = 5_000;

    readonly ConcurrentDictionary<Key, Entry> entries = new();
    readonly TimeProvider clock;

    public SlotCache(SlotChanges changes, TimeProvider clock)
    {
        this.clock = clock;
        changes.Changed += Drop;
    }

    /// <param name="VenueId">Empty: of all venues.</param>
    public readonly record struct Key(Guid VenueId, DateOnly Day, string What);

    public async Task<T> GetAsync<T>(Key key, Func<Task<T>> read, CancellationToken ct)
    {
        // The machine's clock, not the site's: this is about how old a reading is.
        if (entries.TryGetValue(key, out var known) && clock.GetElapsedTime(known.Began) < Lifetime)
            return await ((Task<T>)known.Reading).WaitAsync(ct);
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entry = new Entry(clock.GetTimestamp(), answer.Task);
        if (known is null ? !entries.TryAdd(key, entry) : !entries.TryUpdate(key, entry, known))
            return await GetAsync(key, read, ct);
        Trim();
        return await FillAsync(key, entry, answer, read).WaitAsync(ct);
    }

    async Task<T> FillAsync<T>(Key key, Entry entry, TaskCompletionSource<T> answer, Func<Task<T>> read)
    {
        try
        {
            answer.SetResult(await read());
        }
        catch (Exception error)
        {
            entries.TryRemove(new(key, entry));
            answer.SetException(error);
        }
        return await answer.Task;
    }

    void Drop(Guid venueId, DateOnly day)
    {
        foreach (var key in entries.Keys)
            if (key.Day == day && (key.VenueId == venueId || key.VenueId == Guid.Empty))
                entries.TryRemove(key, out _);
    }

    void Trim()
    {
        if (entries.Count > Most)
            entries.Clear();
    }

    sealed record Entry(long Began, Task Reading);
}

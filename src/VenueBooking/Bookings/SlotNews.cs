using System.Collections.Concurrent;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>Tells whoever shows availability that the slots of a venue's day have changed: here at once, on other instances soon.</summary>
public sealed class SlotNews : IDisposable
{
    readonly ConcurrentDictionary<(Guid VenueId, DateOnly Day), byte> untold = new();
    readonly SemaphoreSlim waiting = new(0, 1);

    public event Action<Guid, DateOnly>? Changed;

    /// <summary>Cheap: called for every booking. After the commit: who is told reads anew at once.</summary>
    public void Report(Guid venueId, DateOnly day)
    {
        Changed?.Invoke(venueId, day);
        if (untold.TryAdd((venueId, day), 0) && waiting.CurrentCount == 0)
            Wake();
    }

    internal void Report(IEnumerable<EndBookings.Ended> ended)
    {
        foreach (var (venue, day) in ended.Select(e => (e.VenueId, SiteTime.DayOf(e.StartsAt))).Distinct())
            Report(venue, day);
    }

    /// <summary>What another instance has told.</summary>
    internal void Heard(Guid venueId, DateOnly day) => Changed?.Invoke(venueId, day);

    /// <summary>Waits until there is something that other instances do not know yet, and takes it.</summary>
    internal async Task<IReadOnlyList<(Guid VenueId, DateOnly Day)>> TakeAsync(CancellationToken ct)
    {
        await waiting.WaitAsync(ct);
        var taken = new List<(Guid, DateOnly)>();
        foreach (var change in untold.Keys)
            if (untold.TryRemove(change, out _))
                taken.Add(change);
        return taken;
    }

    public void Dispose() => waiting.Dispose();

    void Wake()
    {
        try
        {
            waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }
}

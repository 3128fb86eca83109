namespace VenueBooking.Bookings;

/// <summary>A venue of the search's answer: its free times, those of like courts taken together.</summary>
public sealed record FoundVenue(VenueSlots Venue, IReadOnlyList<FoundActivity> Activities)
{
    const int FewTimes = 5, ManyTimes = 11;

    public static FoundVenue Of(VenueSlots venue)
    {
        var activities = venue.Slots.GroupBy(s => s.Activity).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var most = activities.Count > 1 ? FewTimes : ManyTimes;
        return new(venue, [.. activities.Select(g => FoundActivity.Of(g.Key, [.. g], most))]);
    }
}

/// <param name="More">How many times are not shown here.</param>
public sealed record FoundActivity(string Activity, IReadOnlyList<FoundTime> Times, int More)
{
    public static FoundActivity Of(string activity, IReadOnlyList<SlotLine> slots, int most)
    {
        var times = slots.GroupBy(s => (s.StartsAt, s.EndsAt)).OrderBy(g => g.Key)
            // Any of the courts that are free then; the one with most room, where places are sold.
            .Select(g => new FoundTime(g.MaxBy(s => s.Free)!.Id, g.Key.StartsAt, g.Key.EndsAt, g.Sum(s => s.Free))).ToList();
        // One left over takes no more room than the link to it.
        return times.Count <= most + 1 ? new(activity, times, 0) : new(activity, times[..most], times.Count - most);
    }
}

/// <param name="SlotId">The slot one gets who taps it.</param>
/// <param name="Free">Courts, or places, that are free then.</param>
public sealed record FoundTime(Guid SlotId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Free);

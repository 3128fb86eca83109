using Microsoft.AspNetCore.OutputCaching;

namespace VenueBooking.Venues;

/// <summary>What the public API says of venues is kept for a while; every change by staff drops it at once.</summary>
public sealed class VenueCache(IOutputCacheStore store)
{
    public const string Policy = "venues", Tag = "venues";

    public ValueTask ForgetAsync(CancellationToken ct) => store.EvictByTagAsync(Tag, ct);
}

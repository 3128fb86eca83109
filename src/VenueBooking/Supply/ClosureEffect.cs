using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using VenueBooking.Data;
using VenueBooking.Venues;

namespace VenueBooking.Supply;

/// <summary>What a closure does to slots that have not begun: closes the open ones, and opens them again when it is lifted.</summary>
sealed class ClosureEffect(AppDb db, SlotChange change, TimeProvider clock) : IClosureEffect
{
    const string Within = "venue_id = @venue and (@space is null or space_id = @space) and starts_at < @until and ends_at > @from and starts_at > @now";

    // Opened again only if nobody closed it by hand and no other closure lies on it.
    const string OnlyByThis = $"""
        {Within} and state = 'closed' and not closed_by_staff and not exists (
            select 1 from closures c where c.venue_id = slots.venue_id and c.id <> @closure and c.lifted_at is null
                and (c.space_id is null or c.space_id = slots.space_id) and c.starts_at < slots.ends_at and slots.starts_at < c.ends_at)
        """;

    public async Task<ClosureImpact> PreviewAsync(Guid venueId, Guid? spaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var slots = await db.Set<Slot>()
            .Where(s => s.VenueId == venueId && (spaceId == null || s.SpaceId == spaceId) && s.StartsAt < until && s.EndsAt > @from
                && s.StartsAt > now && s.State == SlotState.Open)
            .Select(s => s.Id).ToArrayAsync(ct);
        return new(slots.Length, [.. (await change.HitAsync(slots, ct)).Select(u => new ClosureImpact.Person(u.MemberName, u.StartsAt, u.EndsAt, u.PartySize))]);
    }

    public async Task ApplyAsync(Closure closure, CancellationToken ct)
    {
        await db.LockVenueAsync(closure.VenueId, ct);
        await change.CloseAsync(await change.LockAsync($"{Within} and state = 'open'", ct, Of(closure)), false, closure.Reason, ct);
    }

    public async Task LiftAsync(Closure closure, CancellationToken ct)
    {
        await db.LockVenueAsync(closure.VenueId, ct);
        await change.OpenAsync(await change.LockAsync(OnlyByThis, ct, [.. Of(closure), new("closure", closure.Id)]), ct);
    }

    NpgsqlParameter[] Of(Closure closure) =>
    [
        new("venue", closure.VenueId),
        new("space", NpgsqlDbType.Uuid) { Value = (object?)closure.SpaceId ?? DBNull.Value },
        new("from", closure.StartsAt),
        new("until", closure.EndsAt),
        new("now", clock.GetUtcNow()),
    ];
}

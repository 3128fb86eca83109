using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using VenueBooking.Data;
using VenueBooking.Venues;

namespace VenueBooking.Supply;

/// <summary>What becomes of slots that have not begun: a closure closes the open ones, and they open again when it is lifted.</summary>
sealed class SlotInventory(AppDb db, StandingSlots slots, SlotWriter writer, TimeProvider clock) : IInventory
{
    const string Hit = $"""
        venue_id = @venue and starts_at > @now and exists (select 1 from closures c where c.id = @closure and {Closure.HitsSlot})
        """;

    // Opened again only if nobody closed it by hand and no other closure lies on it.
    const string OnlyByThis = $"""
        {Hit} and state = 'closed' and not closed_by_staff and not exists (
            select 1 from closures c where c.venue_id = slots.venue_id and c.id <> @closure and c.lifted_at is null and {Closure.HitsSlot})
        """;

    public async Task<ComingSlots> ComingAsync(Guid venueId, Guid? spaceId, CancellationToken ct)
    {
        var coming = await Coming(venueId, spaceId).Where(s => s.State == SlotState.Open || s.State == SlotState.Closed).Select(s => s.Id).ToArrayAsync(ct);
        return new(coming.Length, (await slots.HitAsync(coming, ct)).Count);
    }

    public async Task<ClosureImpact> PreviewAsync(Guid venueId, Guid? spaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var within = Coming(venueId, spaceId).Where(s => s.StartsAt < until && s.EndsAt > @from);
        var closing = await within.Where(s => s.State == SlotState.Open).Select(s => s.Id).ToArrayAsync(ct);
        var closed = await within.CountAsync(s => s.State == SlotState.Closed, ct);
        var hit = await slots.HitAsync(closing, ct);
        return new(closing.Length, closed, [.. hit.Select(b => new ClosureImpact.Person(b.MemberName, b.StartsAt, b.EndsAt, b.PartySize))], SlotsPreview.DigestOf(closing, hit));
    }

    public Task LockAsync(Guid venueId, Guid? spaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        writer.LockAsync("venue_id = @venue and (@space is null or space_id = @space) and starts_at > @now and starts_at < @until and ends_at > @from", ct,
            new("venue", venueId), new("space", NpgsqlDbType.Uuid) { Value = (object?)spaceId ?? DBNull.Value }, new("now", clock.GetUtcNow()),
            new("from", from), new("until", until));

    public async Task<int> ApplyAsync(Closure closure, CancellationToken ct) =>
        await slots.CloseAsync(await LockAsync($"{Hit} and state = 'open'", closure, ct), false, closure.Reason, ct);

    public async Task<int> LiftAsync(Closure closure, CancellationToken ct) =>
        await slots.OpenAsync(await LockAsync(OnlyByThis, closure, ct), ct);

    IQueryable<Slot> Coming(Guid venueId, Guid? spaceId)
    {
        var now = clock.GetUtcNow();
        return db.Set<Slot>().Where(s => s.VenueId == venueId && (spaceId == null || s.SpaceId == spaceId) && s.StartsAt > now);
    }

    Task<Guid[]> LockAsync(string which, Closure closure, CancellationToken ct) =>
        writer.LockAsync(which, ct, new("venue", closure.VenueId), new("closure", closure.Id), new("now", clock.GetUtcNow()));
}

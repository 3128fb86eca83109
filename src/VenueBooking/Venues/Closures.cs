using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <param name="Cancelled">Bookings that stood in its way.</param>
public sealed record AppliedClosure(Closure Closure, int Cancelled);

/// <param name="Opened">Slots that are open again.</param>
/// <param name="Overlaps">Whether another closure, in force or to come, shuts something of the same at the same time.</param>
public sealed record LiftedClosure(int Opened, bool Overlaps);

/// <summary>Shuts a venue or a space for a while, and opens it again. What that does to slots and people, Supply knows.</summary>
public sealed class Closures(AppDb db, IInventory inventory, Audit audit, TimeProvider clock, VenueCache cache)
{
    /// <summary>What would be hit. Shows people's names, so it is written down who looked.</summary>
    public async Task<Outcome<ClosureImpact>> PreviewAsync(Guid venueId, ClosureFacts facts, CancellationToken ct)
    {
        if (await WhyNotAsync(venueId, facts, ct) is { } refusal)
            return refusal;
        var impact = await inventory.PreviewAsync(venueId, facts.SpaceId, facts.StartsAt, facts.EndsAt, ct);
        if (impact.People.Count > 0)
        {
            audit.Record("closure.preview", "venue", venueId, after: new { facts, slots = impact.Slots, people = impact.People.Count });
            await db.SaveChangesAsync(ct);
        }
        return impact;
    }

    /// <param name="digest">Of the preview that staff have seen. Where by now more or others are hit, nothing is done and the preview has to be read again.</param>
    public async Task<Outcome<AppliedClosure>> ApplyAsync(Guid venueId, ClosureFacts facts, string? digest, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(venueId, ct) is null)
            return Refusal.NotFound;
        if (await WhyNotAsync(venueId, facts, ct) is { } refusal)
            return refusal;
        await inventory.LockAsync(venueId, facts.SpaceId, facts.StartsAt, facts.EndsAt, ct);
        var impact = await inventory.PreviewAsync(venueId, facts.SpaceId, facts.StartsAt, facts.EndsAt, ct);
        if (impact.Digest != digest)
            return VenueRefusals.ImpactChanged;
        var closure = new Closure
        {
            VenueId = venueId,
            SpaceId = facts.SpaceId,
            StartsAt = facts.StartsAt,
            EndsAt = facts.EndsAt,
            Reason = facts.Reason,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(closure);
        await db.SaveChangesAsync(ct);
        var cancelled = await inventory.ApplyAsync(closure, ct);
        audit.Record("closure.apply", "closure", closure.Id, after: new { venueId, facts, slots = impact.Slots, people = cancelled });
        await work.SaveAsync(db, ct);
        await cache.ForgetAsync(ct);
        return new AppliedClosure(closure, cancelled);
    }

    public async Task<Outcome<LiftedClosure>> LiftAsync(Guid venueId, Guid id, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(venueId, ct) is not { } venue)
            return Refusal.NotFound;
        var closure = await db.Set<Closure>().AsTracking().SingleOrDefaultAsync(c => c.Id == id && c.VenueId == venueId, ct);
        if (closure is null)
            return Refusal.NotFound;
        if (closure.LiftedAt is not null)
            return VenueRefusals.ClosureLifted;
        if (closure.EndsAt <= clock.GetUtcNow())
            return VenueRefusals.ClosureOver;
        // Its slots would open again where nobody may come.
        if (venue.RetiredAt is not null)
            return VenueRefusals.VenueRetired;
        closure.Lift(clock.GetUtcNow());
        audit.Record("closure.lift", "closure", id, new { lifted = false },
            new { lifted = true, venueId, closure.SpaceId, closure.StartsAt, closure.EndsAt, closure.Reason });
        await db.SaveChangesAsync(ct);
        var opened = await inventory.LiftAsync(closure, ct);
        var overlaps = await OverlapsAsync(closure, ct);
        await work.SaveAsync(db, ct);
        await cache.ForgetAsync(ct);
        return new LiftedClosure(opened, overlaps);
    }

    Task<bool> OverlapsAsync(Closure lifted, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<Closure>().AnyAsync(c => c.VenueId == lifted.VenueId && c.Id != lifted.Id && c.LiftedAt == null && c.EndsAt > now
            && c.StartsAt < lifted.EndsAt && lifted.StartsAt < c.EndsAt && (c.SpaceId == null || lifted.SpaceId == null || c.SpaceId == lifted.SpaceId), ct);
    }

    async Task<Refusal?> WhyNotAsync(Guid venueId, ClosureFacts facts, CancellationToken ct)
    {
        if (facts.EndsAt <= facts.StartsAt)
            return VenueRefusals.ClosureEndsFirst;
        if (facts.EndsAt <= clock.GetUtcNow())
            return VenueRefusals.ClosureInPast;
        if (facts.EndsAt - facts.StartsAt > TimeSpan.FromDays(731))
            return VenueRefusals.ClosureTooLong;
        if (facts.SpaceId is { } spaceId && !await db.Set<Space>().AnyAsync(s => s.Id == spaceId && s.VenueId == venueId, ct))
            return VenueRefusals.SpaceUnknown;
        return null;
    }
}

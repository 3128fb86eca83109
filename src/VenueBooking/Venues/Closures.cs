using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>A closure as it is asked for, checked.</summary>
public sealed record ClosureFacts(Guid? SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason);

/// <summary>Shuts a venue or a space for a while, and opens it again. What that does to slots and people, Supply knows.</summary>
public sealed class Closures(AppDb db, IClosureEffect inventory, Audit audit, TimeProvider clock, VenueCache cache)
{
    /// <summary>Later than anything that is planned.</summary>
    public static readonly DateTimeOffset FarAway = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

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

    /// <param name="shown">What the preview showed. Where by now more or others are hit, nothing is done and the preview has to be read again.</param>
    public async Task<Outcome<Closure>> ApplyAsync(Guid venueId, ClosureFacts facts, (int Slots, int People) shown, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(venueId, ct) is null)
            return Refusal.NotFound;
        if (await WhyNotAsync(venueId, facts, ct) is { } refusal)
            return refusal;
        var impact = await inventory.PreviewAsync(venueId, facts.SpaceId, facts.StartsAt, facts.EndsAt, ct);
        if ((impact.Slots, impact.People.Count) != shown)
            return new Refusal("closure_impact_changed");
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
        audit.Record("closure.apply", "closure", closure.Id, after: new { venueId, facts, slots = impact.Slots, people = impact.People.Count });
        await db.SaveChangesAsync(ct);
        await inventory.ApplyAsync(closure, ct);
        await work.SaveAsync(db, ct);
        await cache.ForgetAsync(ct);
        return closure;
    }

    public async Task<Outcome<Closure>> LiftAsync(Guid venueId, Guid id, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(venueId, ct) is not { } venue)
            return Refusal.NotFound;
        var closure = await db.Set<Closure>().AsTracking().SingleOrDefaultAsync(c => c.Id == id && c.VenueId == venueId, ct);
        if (closure is null)
            return Refusal.NotFound;
        if (closure.LiftedAt is not null)
            return closure;
        if (closure.EndsAt <= clock.GetUtcNow())
            return new Refusal("closure_over");
        // Its slots would open again where nobody may come.
        if (venue.RetiredAt is not null)
            return new Refusal("venue_retired");
        closure.Lift(clock.GetUtcNow());
        audit.Record("closure.lift", "closure", id, new { lifted = false }, new { lifted = true });
        await db.SaveChangesAsync(ct);
        await inventory.LiftAsync(closure, ct);
        await work.SaveAsync(db, ct);
        await cache.ForgetAsync(ct);
        return closure;
    }

    async Task<Refusal?> WhyNotAsync(Guid venueId, ClosureFacts facts, CancellationToken ct)
    {
        if (facts.EndsAt <= facts.StartsAt)
            return Refusal.Invalid("closure_ends_first", nameof(ClosureForm.Until));
        if (facts.EndsAt <= clock.GetUtcNow())
            return Refusal.Invalid("closure_in_past", nameof(ClosureForm.Until));
        if (facts.EndsAt - facts.StartsAt > TimeSpan.FromDays(731))
            return Refusal.Invalid("closure_too_long", nameof(ClosureForm.Until));
        if (facts.SpaceId is { } spaceId && !await db.Set<Space>().AnyAsync(s => s.Id == spaceId && s.VenueId == venueId, ct))
            return Refusal.Invalid("space_unknown", nameof(ClosureForm.SpaceId));
        return null;
    }
}

/// <summary>What staff type about a closure.</summary>
public sealed class ClosureForm
{
    /// <summary>Empty: the whole venue.</summary>
    public string? SpaceId { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }
    public string? Reason { get; set; }

    public ClosureFacts Check(FieldChecks checks)
    {
        Guid? space = null;
        if (Guid.TryParse(SpaceId, out var id))
            space = id;
        else if (!string.IsNullOrEmpty(SpaceId))
            checks.Refuse("space_unknown", nameof(SpaceId));
        var from = checks.Moment(From, nameof(From));
        var until = checks.Moment(Until, nameof(Until));
        return new ClosureFacts(space, from ?? default, until ?? default, checks.Text(Reason, nameof(Reason), 200, required: true));
    }
}

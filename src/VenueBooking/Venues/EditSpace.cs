using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Everything staff do to one space of a venue.</summary>
public sealed class EditSpace(AppDb db, IInventory inventory, Audit audit, TimeProvider clock, VenueCache cache)
{
    public async Task<Outcome<Space>> AddAsync(Guid venueId, SpaceFacts facts, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(venueId, ct) is not { } venue)
            return Refusal.NotFound;
        if (venue.RetiredAt is not null)
            return VenueRefusals.VenueRetired;
        var space = new Space { VenueId = venueId, CreatedAt = clock.GetUtcNow() };
        Fill(space, facts);
        db.Add(space);
        audit.Record("space.create", "space", space.Id, after: facts);
        return await SaveAsync(work, space, ct);
    }

    /// <summary>Slots that are published keep what they were cut with; so the activity stays while any are to come.</summary>
    public async Task<Outcome<Space>> ChangeAsync(Guid venueId, Guid id, uint version, SpaceFacts facts, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await LockAsync(venueId, id, ct) is not { } space)
            return Refusal.NotFound;
        if (space.Version != version)
            return Refusal.Stale;
        if (facts.Activity != space.Activity && await inventory.ComingAsync(venueId, id, ct) is { Slots: > 0 } coming)
            return VenueRefusals.ActivityHasSlots(coming);
        var before = FactsOf(space);
        Fill(space, facts);
        audit.Record("space.edit", "space", id, before, facts);
        return await SaveAsync(work, space, ct);
    }

    /// <summary>Out of use; refused while slots are still to come on it, closed ones too: they could be opened again.</summary>
    public async Task<Outcome<Space>> RetireAsync(Guid venueId, Guid id, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await LockAsync(venueId, id, ct) is not { } space)
            return Refusal.NotFound;
        if (space.RetiredAt is not null)
            return space;
        if (await inventory.ComingAsync(venueId, id, ct) is { Slots: > 0 } coming)
            return VenueRefusals.SpaceHasSlots(coming);
        space.Retire(clock.GetUtcNow());
        audit.Record("space.retire", "space", id, new { retired = false }, new { retired = true });
        return await SaveAsync(work, space, ct);
    }

    public async Task<Outcome<Space>> RestoreAsync(Guid venueId, Guid id, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await LockAsync(venueId, id, ct) is not { } space)
            return Refusal.NotFound;
        if (space.RetiredAt is null)
            return space;
        space.Restore();
        audit.Record("space.restore", "space", id, new { retired = true }, new { retired = false });
        return await SaveAsync(work, space, ct);
    }

    async Task<Space?> LockAsync(Guid venueId, Guid id, CancellationToken ct) =>
        await db.LockVenueAsync(venueId, ct) is null
            ? null
            : await db.Set<Space>().AsTracking().SingleOrDefaultAsync(s => s.Id == id && s.VenueId == venueId, ct);

    async Task<Outcome<Space>> SaveAsync(JoinedWork work, Space space, CancellationToken ct)
    {
        try
        {
            await work.SaveAsync(db, ct);
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == "spaces_name_key")
        {
            return VenueRefusals.SpaceNameTaken;
        }
        await cache.ForgetAsync(ct);
        return space;
    }

    static void Fill(Space space, SpaceFacts facts) =>
        (space.Name, space.NameEn, space.Activity, space.Capacity, space.MaxParty) =
        (facts.Name, facts.NameEn, facts.Activity, facts.Capacity, facts.MaxParty);

    static SpaceFacts FactsOf(Space s) => new(s.Name, s.NameEn, s.Activity, s.Capacity, s.MaxParty);
}

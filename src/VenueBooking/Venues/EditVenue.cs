using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Everything staff do to a venue as a whole.</summary>
public sealed class EditVenue(AppDb db, IInventory inventory, Audit audit, TimeProvider clock, VenueCache cache)
{
    public async Task<Outcome<Venue>> CreateAsync(VenueFacts facts, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        var venue = new Venue { CreatedAt = clock.GetUtcNow() };
        Fill(venue, facts);
        db.Add(venue);
        db.AddRange(HoursOf(venue.Id, facts));
        audit.Record("venue.create", "venue", venue.Id, after: facts);
        return await SaveAsync(work, venue, ct);
    }

    /// <param name="version">The version that the person saw; where it is no longer the last, nothing is changed.</param>
    public async Task<Outcome<Venue>> ChangeAsync(Guid id, uint version, VenueFacts facts, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(id, ct) is not { } venue)
            return Refusal.NotFound;
        if (venue.Version != version)
            return Refusal.Stale;
        var hours = await db.Set<OpeningHours>().Where(h => h.VenueId == id).ToListAsync(ct);
        var before = FactsOf(venue, hours);
        Fill(venue, facts);
        // The row changes with its hours, so that the version covers both.
        db.Entry(venue).State = EntityState.Modified;
        await db.Set<OpeningHours>().Where(h => h.VenueId == id).ExecuteDeleteAsync(ct);
        foreach (var old in hours)
            db.Entry(old).State = EntityState.Detached;
        db.AddRange(HoursOf(id, facts));
        audit.Record("venue.edit", "venue", id, before, FactsOf(venue, HoursOf(id, facts)));
        return await SaveAsync(work, venue, ct);
    }

    /// <summary>Out of use; refused while slots are still to come there, closed ones too: they could be opened again.</summary>
    public async Task<Outcome<Venue>> RetireAsync(Guid id, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(id, ct) is not { } venue)
            return Refusal.NotFound;
        if (venue.RetiredAt is not null)
            return venue;
        if (await inventory.ComingAsync(id, null, ct) is { Slots: > 0 } coming)
            return VenueRefusals.VenueHasSlots(coming);
        venue.Retire(clock.GetUtcNow());
        audit.Record("venue.retire", "venue", id, new { retired = false }, new { retired = true });
        return await SaveAsync(work, venue, ct);
    }

    public async Task<Outcome<Venue>> RestoreAsync(Guid id, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        if (await db.LockVenueAsync(id, ct) is not { } venue)
            return Refusal.NotFound;
        if (venue.RetiredAt is null)
            return venue;
        venue.Restore();
        audit.Record("venue.restore", "venue", id, new { retired = true }, new { retired = false });
        return await SaveAsync(work, venue, ct);
    }

    async Task<Outcome<Venue>> SaveAsync(JoinedWork work, Venue venue, CancellationToken ct)
    {
        try
        {
            await work.SaveAsync(db, ct);
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == "venues_name_key")
        {
            return VenueRefusals.VenueNameTaken;
        }
        await cache.ForgetAsync(ct);
        return venue;
    }

    static void Fill(Venue venue, VenueFacts facts)
    {
        (venue.Name, venue.NameEn, venue.Summary, venue.SummaryEn) = (facts.Name, facts.NameEn, facts.Summary, facts.SummaryEn);
        (venue.Address, venue.Phone, venue.Latitude, venue.Longitude) = (facts.Address, facts.Phone, facts.Latitude, facts.Longitude);
    }

    static IEnumerable<OpeningHours> HoursOf(Guid venueId, VenueFacts facts) =>
        facts.Hours.Select(p => new OpeningHours { VenueId = venueId, Weekday = p.Weekday, Opens = p.Opens, Closes = p.Closes });

    static VenueFacts FactsOf(Venue v, IEnumerable<OpeningHours> hours) =>
        new(v.Name, v.NameEn, v.Summary, v.SummaryEn, v.Address, v.Phone, v.Latitude, v.Longitude,
            [.. hours.Select(h => new Period(h.Weekday, h.Opens, h.Closes)).OrderBy(p => p.Weekday).ThenBy(p => p.Opens)]);
}

using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>How an agreement and its blocks are read, written over and saved: every change of one goes through here.</summary>
static class AgreementStore
{
    /// <summary>In the order they were entered.</summary>
    public static Task<List<PurchaseBlock>> BlocksOfAsync(this AppDb db, Guid agreementId, CancellationToken ct) =>
        db.Set<PurchaseBlock>().Where(b => b.AgreementId == agreementId).OrderBy(b => b.Position).ThenBy(b => b.Id).ToListAsync(ct);

    /// <summary>Whether slots of these blocks would stand where nothing is held any more.</summary>
    public static async Task<bool> AnyRetiredAsync(this AppDb db, Guid venueId, IEnumerable<PurchaseBlock> blocks, CancellationToken ct)
    {
        var spaces = blocks.Select(b => b.SpaceId).ToArray();
        return await db.Set<Venue>().AnyAsync(v => v.Id == venueId && v.RetiredAt != null, ct)
            || await db.Set<Space>().AnyAsync(s => spaces.Contains(s.Id) && (s.RetiredAt != null || s.VenueId != venueId), ct);
    }

    /// <summary>As people call it.</summary>
    public static async Task<string> SpaceNameAsync(this AppDb db, Guid id, CancellationToken ct) =>
        (await db.Set<Space>().AsNoTracking().SingleAsync(s => s.Id == id, ct)).LocalName;

    /// <summary>Writes the facts over agreement and blocks. The agreement's row changes in any case, so that its version covers the blocks.</summary>
    public static void Replace(this AppDb db, Agreement agreement, IReadOnlyList<PurchaseBlock> blocks, AgreementFacts facts)
    {
        facts.WriteTo(agreement);
        db.Entry(agreement).State = EntityState.Modified;
        var known = blocks.ToDictionary(b => b.Id);
        foreach (var drawn in facts.Draw(agreement.Id))
            if (known.Remove(drawn.Id, out var old))
                db.Entry(old).CurrentValues.SetValues(drawn);
            else
                db.Add(drawn);
        db.RemoveRange(known.Values);
    }

    /// <summary>Saves what has been written, or says what the database has against it; then nothing of it is left to be saved with something else.</summary>
    public static async Task<Outcome<Agreement>> SaveAgreementAsync(this AppDb db, Agreement agreement, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return agreement;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == "agreements_number_key")
        {
            db.ChangeTracker.Clear();
            return SupplyRefusals.NumberTaken;
        }
        // Somebody else's block by its id: the form is of another agreement, or of another time.
        catch (DbUpdateException e) when (e.BrokenConstraint() == "purchase_blocks_pkey")
        {
            db.ChangeTracker.Clear();
            return Refusal.Stale;
        }
    }
}

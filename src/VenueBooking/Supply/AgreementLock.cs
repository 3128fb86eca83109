using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>Where every change of an agreement begins.</summary>
static class AgreementLock
{
    /// <summary>
    /// Reads the agreement and locks it, and its venue, until the transaction ends: publishing, changing and closing at
    /// one venue go one after the other, so that no slot is cut past a closure that is being made at the same moment.
    /// </summary>
    public static async Task<Agreement?> LockAgreementAsync(this AppDb db, Guid id, CancellationToken ct)
    {
        var found = await db.Set<Agreement>()
            .FromSql($"select a.*, a.xmin from agreements a where a.id = {id} for update").AsTracking().ToListAsync(ct);
        if (found is not [var agreement])
            return null;
        await db.LockVenueAsync(agreement.VenueId, ct);
        return agreement;
    }

    /// <summary>The same, for a change of one that runs, by somebody who has seen it as it stands.</summary>
    public static async Task<Outcome<Agreement>> LockRunningAsync(this AppDb db, Guid id, uint version, CancellationToken ct) =>
        await db.LockAgreementAsync(id, ct) switch
        {
            null => Refusal.NotFound,
            { State: not AgreementState.Active } => SupplyRefusals.NotActive,
            var agreement when agreement.Version != version => SupplyRefusals.Stale,
            var agreement => agreement,
        };

    public static Task<List<PurchaseBlock>> BlocksOfAsync(this AppDb db, Guid agreementId, CancellationToken ct) =>
        db.Set<PurchaseBlock>().Where(b => b.AgreementId == agreementId).OrderBy(b => b.Id).ToListAsync(ct);

    /// <summary>Writes the facts over agreement and blocks. The agreement's row changes in any case, so that its version covers the blocks.</summary>
    public static void Replace(this AppDb db, Agreement agreement, IReadOnlyList<PurchaseBlock> blocks, AgreementFacts facts)
    {
        facts.WriteTo(agreement);
        db.Entry(agreement).State = EntityState.Modified;
        var known = blocks.ToDictionary(b => b.Id);
        foreach (var block in facts.Blocks)
            if (known.Remove(block.Id, out var old))
                block.WriteTo(old);
            else
                db.Add(block.Draw(agreement.Id));
        db.RemoveRange(known.Values);
    }
}

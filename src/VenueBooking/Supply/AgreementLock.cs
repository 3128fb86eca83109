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
            var agreement when agreement.Version != version => Refusal.Stale,
            var agreement => agreement,
        };
}

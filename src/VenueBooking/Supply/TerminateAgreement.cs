using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <param name="Withdrawn">Slots taken out.</param>
/// <param name="Cancelled">Bookings that stood on them; each member is told.</param>
public sealed record TakenAway(int Withdrawn, int Cancelled);

/// <summary>active → terminated: after its last day nothing of it is left; who had booked is told.</summary>
public sealed class TerminateAgreement(AppDb db, StandingSlots slots, Audit audit, SiteTime time)
{
    /// <summary>What would go: the slots after the last day, and the bookings on them.</summary>
    public async Task<SlotPlan> PreviewAsync(Guid id, DateOnly lastDay, CancellationToken ct)
    {
        var (now, after) = (time.Now, SiteTime.StartOf(lastDay.AddDays(1)));
        var going = await db.Set<Slot>().AsNoTracking()
            .Where(s => s.AgreementId == id && s.StartsAt > now && s.StartsAt >= after && (s.State == SlotState.Open || s.State == SlotState.Closed))
            .OrderBy(s => s.Id)
            .Select(s => new OwnSlot(s.Id, s.BlockId, s.SpaceId, s.StartsAt, s.EndsAt, s.State, s.Capacity, s.Taken, s.PriceFen)).ToListAsync(ct);
        return await slots.WithHitAsync(new SlotPlan([], going), ct);
    }

    public async Task<Outcome<TakenAway>> ApplyAsync(Guid id, uint version, DateOnly lastDay, string reason, string? digest, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await db.LockRunningAsync(id, version, ct);
        if (found.IsRefused)
            return found.Refusal;
        var agreement = found.Value;
        await slots.LockComingAsync(id, ct);
        var plan = await PreviewAsync(id, lastDay, ct);
        if (plan.Digest() != digest)
            return SupplyRefusals.PlanChanged;
        var cancelled = await slots.WithdrawAsync([.. plan.Withdrawn.Select(s => s.Id)], SlotEnd.Terminated, reason, false, ct);
        var changed = new TakenAway(plan.Withdrawn.Count, cancelled);
        var before = new { agreement.State, agreement.EndsOn };
        agreement.Terminate(reason, time.Now);
        if (lastDay < agreement.EndsOn)
            agreement.EndsOn = lastDay < agreement.StartsOn ? agreement.StartsOn : lastDay;
        audit.Record("agreement.terminate", "agreement", id, before, new { agreement.State, agreement.EndsOn, Reason = reason, Effect = changed });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return changed;
    }
}

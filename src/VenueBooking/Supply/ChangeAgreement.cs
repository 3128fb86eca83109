using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <param name="Added">Slots written.</param>
/// <param name="Withdrawn">Slots taken out.</param>
/// <param name="Cancelled">Bookings that stood on them; each member is told.</param>
/// <param name="Altered">Slots that stay, with another price, other places or other terms.</param>
/// <param name="DifferenceFen">By how much the amount of all slots changes.</param>
public sealed record Changed(int Added, int Withdrawn, int Cancelled, int Altered, long DifferenceFen);

/// <summary>
/// Changes an agreement that runs: price, terms, blocks, a later end. What stands and is still wanted stays, with the new
/// terms; what no block yields any more is withdrawn; what is new is written. All in one transaction.
/// </summary>
public sealed class ChangeAgreement(AppDb db, SlotSurvey survey, StandingSlots slots, Audit audit, SiteTime time)
{
    /// <summary>What saving these facts would do, to slots and to the people who have booked them.</summary>
    public async Task<SlotPlan> PreviewAsync(Agreement agreement, AgreementFacts facts, CancellationToken ct)
    {
        var plan = await survey.PlanAsync(agreement.Id, agreement.VenueId, facts.Draw(agreement.Id), false, ct);
        var terms = facts.Terms();
        if (terms != AgreementTerms.Of(agreement))
            plan = plan with { NewTerms = terms };
        return await slots.WithHitAsync(plan, ct);
    }

    /// <param name="digest">Of the preview that staff have seen; null where they have seen none.</param>
    /// <param name="note">For the members whose bookings it cancels.</param>
    public async Task<Outcome<Changed>> ApplyAsync(Guid id, uint version, AgreementFacts facts, string? digest, string note, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await db.LockRunningAsync(id, version, ct);
        if (found.IsRefused)
            return found.Refusal;
        var agreement = found.Value;
        await slots.LockComingAsync(id, ct);
        var plan = await PreviewAsync(agreement, facts, ct);
        if (plan.Digest() != digest)
            return SupplyRefusals.PlanChanged;
        if (await db.AnyRetiredAsync(agreement.VenueId, facts.Draw(id), ct))
            return SupplyRefusals.SpaceRetired;
        if (await InTheWayAsync(plan, ct) is { } inTheWay)
            return inTheWay;
        try
        {
            var changed = await WriteAsync(agreement, facts, plan, note, ct);
            if (!changed.IsRefused)
                await transaction.CommitAsync(ct);
            return changed;
        }
        catch (PostgresException e) when (e.BrokenConstraint() is SlotWriter.Overlap or SlotWriter.TooSmall)
        {
            db.ChangeTracker.Clear();
            return SupplyRefusals.PlanChanged;
        }
    }

    async Task<Outcome<Changed>> WriteAsync(Agreement agreement, AgreementFacts facts, SlotPlan plan, string note, CancellationToken ct)
    {
        var cancelled = await slots.WithdrawAsync([.. plan.Withdrawn.Select(s => s.Id)], SlotEnd.Withdrawn, note, true, ct);
        var blocks = await db.BlocksOfAsync(agreement.Id, ct);
        await slots.LeaveBlocksAsync(agreement.Id, [.. blocks.Select(b => b.Id).Except(facts.Blocks.Select(b => b.Id))], ct);
        var changed = new Changed(plan.Count(SlotFate.Valid), plan.Withdrawn.Count, cancelled, plan.Changed.Count(), plan.DifferenceFen);
        audit.Record("agreement.change", "agreement", agreement.Id, AgreementFacts.Of(agreement, blocks), new { Facts = facts, Effect = changed });
        db.Replace(agreement, blocks, facts);
        if (await db.SaveAgreementAsync(agreement, ct) is { IsRefused: true } refused)
            return refused.Refusal;
        await slots.WriteAsync(plan, ct);
        return changed;
    }

    // What is booked and would no longer fit.
    async Task<Refusal?> InTheWayAsync(SlotPlan plan, CancellationToken ct) =>
        plan.SoldOtherwise.FirstOrDefault() is { } other ? SupplyRefusals.SoldOtherwise(await SpaceAsync(other, ct), When(other))
        : plan.TooSmall.FirstOrDefault() is { } small ? SupplyRefusals.TooSmall(await SpaceAsync(small, ct), When(small), small.Standing!.Taken)
        : null;

    Task<string> SpaceAsync(PlannedSlot slot, CancellationToken ct) => db.SpaceNameAsync(slot.Cut.SpaceId, ct);
    string When(PlannedSlot slot) => time.Span(slot.Cut.StartsAt, slot.Cut.EndsAt);
}

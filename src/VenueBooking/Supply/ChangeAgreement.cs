using Microsoft.EntityFrameworkCore;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <param name="Added">Slots written.</param>
/// <param name="Withdrawn">Slots taken out.</param>
/// <param name="Cancelled">Bookings that stood on them; each member is told.</param>
public sealed record Changed(int Added, int Withdrawn, int Cancelled);

/// <summary>
/// Changes an agreement that runs: price, terms, blocks, a later end. What stands and is still wanted stays, with the new
/// terms; what no block yields any more is withdrawn; what is new is written. All in one transaction.
/// </summary>
public sealed class ChangeAgreement(AppDb db, SlotSurvey survey, SlotChange change, Audit audit)
{
    /// <summary>What saving these facts would do, to slots and to the people who have booked them.</summary>
    public async Task<SlotPlan> PreviewAsync(Agreement agreement, AgreementFacts facts, CancellationToken ct) =>
        await change.WithHitAsync(await survey.PlanAsync(agreement.Id, agreement.VenueId, facts.Draw(agreement.Id), false, ct), ct);

    /// <param name="digest">Of the preview that staff have seen; null where they have seen none.</param>
    /// <param name="note">For the members whose bookings it cancels.</param>
    public async Task<Outcome<Changed>> ApplyAsync(Guid id, uint version, AgreementFacts facts, string? digest, string note, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await db.LockRunningAsync(id, version, ct);
        if (found.IsRefused)
            return found.Refusal;
        var agreement = found.Value;
        await change.LockComingAsync(id, ct);
        var plan = await PreviewAsync(agreement, facts, ct);
        if (plan.Digest() != digest)
            return SupplyRefusals.PlanChanged;
        if (await change.TooSmallAsync(plan, ct) is { } small)
            return small;
        try
        {
            var changed = await WriteAsync(agreement, facts, plan, note, ct);
            await transaction.CommitAsync(ct);
            return changed;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == "agreements_number_key")
        {
            return SupplyRefusals.NumberTaken;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == "purchase_blocks_pkey")
        {
            return SupplyRefusals.Stale;
        }
        catch (PostgresException e) when (e.BrokenConstraint() is SlotWriter.Overlap or SlotWriter.TooSmall)
        {
            return SupplyRefusals.PlanChanged;
        }
    }

    async Task<Changed> WriteAsync(Agreement agreement, AgreementFacts facts, SlotPlan plan, string note, CancellationToken ct)
    {
        var cancelled = await change.WithdrawAsync([.. plan.Withdrawn.Select(s => s.Id)], SlotEnd.Withdrawn, note, true, ct);
        var blocks = await db.BlocksOfAsync(agreement.Id, ct);
        await change.LeaveBlocksAsync(agreement.Id, [.. blocks.Select(b => b.Id).Except(facts.Blocks.Select(b => b.Id))], ct);
        var changed = new Changed(plan.Count(SlotFate.Valid), plan.Withdrawn.Count, cancelled);
        audit.Record("agreement.change", "agreement", agreement.Id, AgreementFacts.Of(agreement, blocks), new { Facts = facts, Effect = changed });
        db.Replace(agreement, blocks, facts);
        await db.SaveChangesAsync(ct);
        await change.WriteAsync(plan, ct);
        return changed;
    }
}

using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <param name="Slots">How many were written.</param>
/// <param name="Skipped">How many the blocks would have yielded besides, had nothing stood in their way.</param>
public sealed record Published(Guid AgreementId, int Slots, int Skipped, decimal Hours, long PriceFen);

/// <summary>draft → active: writes exactly the slots that the preview marks valid, all of them or none.</summary>
public sealed class PublishAgreement(AppDb db, SlotSurvey survey, StandingSlots slots, Audit audit, SiteTime time)
{
    /// <summary>For the demo and imports, where nobody looks at a preview.</summary>
    /// <param name="allowPast">Writes past slots too: for the demo's past weeks only.</param>
    public Task<Outcome<Published>> PublishAsync(Guid agreementId, bool allowPast, CancellationToken ct) =>
        RunAsync(agreementId, null, allowPast, ct);

    /// <param name="version">Of the draft that staff saw, with its terms.</param>
    /// <param name="digest">Of the plan that staff saw: refused, with nothing written, when it is no longer what would happen.</param>
    public Task<Outcome<Published>> PublishAsync(Guid agreementId, uint version, string digest, CancellationToken ct) =>
        RunAsync(agreementId, new(version, digest), false, ct);

    sealed record Seen(uint Version, string Digest);

    async Task<Outcome<Published>> RunAsync(Guid agreementId, Seen? seen, bool allowPast, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockAgreementAsync(agreementId, ct) is not { } agreement)
            return Refusal.NotFound;
        if (agreement.State != AgreementState.Draft)
            return SupplyRefusals.NotDraft;
        if (seen is not null && seen.Version != agreement.Version)
            return Refusal.Stale;
        var blocks = await db.BlocksOfAsync(agreementId, ct);
        if (await db.AnyRetiredAsync(agreement.VenueId, blocks, ct))
            return SupplyRefusals.SpaceRetired;
        var plan = await survey.PlanAsync(agreementId, agreement.VenueId, blocks, allowPast, ct);
        if (seen is not null && seen.Digest != plan.Digest())
            return SupplyRefusals.PlanChanged;
        if (plan.Count(SlotFate.Valid) == 0)
            return SupplyRefusals.NothingToPublish;
        try
        {
            return await WriteAsync(agreement, plan, ct);
        }
        catch (Exception e) when (e.BrokenConstraint() == SlotWriter.Overlap)
        {
            await transaction.RollbackAsync(ct);
            return await ClashAsync(plan, agreement, blocks, ct);
        }
    }

    async Task<Outcome<Published>> WriteAsync(Agreement agreement, SlotPlan plan, CancellationToken ct)
    {
        await slots.WriteAsync(plan, ct);
        agreement.Publish(time.Now);
        var published = new Published(agreement.Id, plan.Count(SlotFate.Valid), plan.Skipped, plan.Hours, plan.PriceFen);
        audit.Record("agreement.publish", "agreement", agreement.Id, new { State = AgreementState.Draft },
            new { agreement.State, published.Slots, published.Skipped, published.Hours, published.PriceFen });
        await db.SaveChangesAsync(ct);
        await db.Database.CurrentTransaction!.CommitAsync(ct);
        return published;
    }

    // What the exclusion constraint refused, said in words: another slot has come to stand there meanwhile. Called after the roll-back.
    async Task<Refusal> ClashAsync(SlotPlan refused, Agreement agreement, IReadOnlyList<PurchaseBlock> blocks, CancellationToken ct)
    {
        var wanted = refused.Of(SlotFate.Valid).Select(s => (s.Cut.SpaceId, s.Cut.StartsAt)).ToHashSet();
        var again = await survey.PlanAsync(agreement.Id, agreement.VenueId, blocks, false, ct);
        var clash = again.Of(SlotFate.Overlapping).FirstOrDefault(s => s.With is not null && wanted.Contains((s.Cut.SpaceId, s.Cut.StartsAt)));
        return clash is null
            ? SupplyRefusals.PlanChanged
            : SupplyRefusals.Clash(await db.SpaceNameAsync(clash.Cut.SpaceId, ct), time.Span(clash.Cut.StartsAt, clash.Cut.EndsAt), clash.With!);
    }
}

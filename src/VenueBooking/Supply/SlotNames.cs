using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>Says in words which slot is meant: "1 号场 明天 周四 19:00–20:30".</summary>
public sealed class SlotNames(AppDb db, SlotSurvey survey, SiteTime time)
{
    /// <summary>
    /// Why the exclusion constraint refused what the plan held valid: another slot has come to stand there meanwhile. Called
    /// after the roll-back.
    /// </summary>
    public async Task<Refusal> ClashAsync(SlotPlan refused, Agreement agreement, IReadOnlyList<PurchaseBlock> blocks, CancellationToken ct)
    {
        var wanted = refused.Of(SlotFate.Valid).Select(s => (s.Cut.SpaceId, s.Cut.StartsAt)).ToHashSet();
        var again = await survey.PlanAsync(agreement.Id, agreement.VenueId, blocks, false, ct);
        var clash = again.Of(SlotFate.Overlapping).FirstOrDefault(s => s.With is not null && wanted.Contains((s.Cut.SpaceId, s.Cut.StartsAt)));
        return clash is null
            ? SupplyRefusals.PlanChanged
            : SupplyRefusals.Clash(await SpaceAsync(clash.Cut.SpaceId, ct), time.Span(clash.Cut.StartsAt, clash.Cut.EndsAt), clash.With!);
    }

    public async Task<Refusal?> TooSmallAsync(SlotPlan plan, CancellationToken ct) =>
        plan.TooSmall.FirstOrDefault() is { } small
            ? SupplyRefusals.TooSmall(await SpaceAsync(small.Cut.SpaceId, ct), time.Span(small.Cut.StartsAt, small.Cut.EndsAt), small.Standing!.Taken)
            : null;

    async Task<string> SpaceAsync(Guid id, CancellationToken ct) =>
        (await db.Set<Space>().AsNoTracking().SingleAsync(s => s.Id == id, ct)).LocalName;
}

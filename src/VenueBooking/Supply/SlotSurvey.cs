using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>Looks up what an agreement's blocks would meet, and plans their slots. Inside a transaction it sees what that has locked.</summary>
public sealed class SlotSurvey(AppDb db, HolidayCalendars calendars, TimeProvider clock)
{
    public async Task<SlotPlan> PlanAsync(Guid agreementId, Guid venueId, IReadOnlyList<PurchaseBlock> blocks, bool allowPast, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return SlotPlanner.Plan(blocks, await AroundAsync(agreementId, venueId, blocks, now, ct), now, allowPast);
    }

    async Task<Surroundings> AroundAsync(Guid agreementId, Guid venueId, IReadOnlyList<PurchaseBlock> blocks, DateTimeOffset now, CancellationToken ct)
    {
        var own = await OwnAsync(agreementId, now, ct);
        if (blocks.Count == 0)
            return new(new([]), [], [], own, []);
        var (firstDay, lastDay) = (blocks.Min(b => b.StartsOn), blocks.Max(b => b.EndsOn));
        var (from, until) = (SiteTime.StartOf(firstDay), SiteTime.StartOf(lastDay.AddDays(1)));
        var closures = await db.Set<Closure>().AsNoTracking()
            .Where(c => c.VenueId == venueId && c.LiftedAt == null && c.StartsAt < until && from < c.EndsAt)
            .OrderBy(c => c.StartsAt).ToListAsync(ct);
        var hours = await db.Set<OpeningHours>().AsNoTracking().Where(h => h.VenueId == venueId).ToListAsync(ct);
        return new(await calendars.LoadAsync(firstDay, lastDay, ct), closures, hours, own, await OthersAsync(agreementId, [.. blocks.Select(b => b.SpaceId).Distinct()], from, until, now, ct));
    }

    Task<List<OwnSlot>> OwnAsync(Guid agreementId, DateTimeOffset now, CancellationToken ct) =>
        db.Set<Slot>().Where(s => s.AgreementId == agreementId && s.StartsAt > now)
            .Select(s => new OwnSlot(s.Id, s.BlockId, s.SpaceId, s.StartsAt, s.EndsAt, s.State, s.Capacity, s.Taken, s.PriceFen)).ToListAsync(ct);

    Task<List<StandingSlot>> OthersAsync(Guid agreementId, Guid[] spaces, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, CancellationToken ct) =>
        (from slot in db.Set<Slot>()
         join agreement in db.Set<Agreement>() on slot.AgreementId equals agreement.Id
         where spaces.Contains(slot.SpaceId) && slot.StartsAt < until && slot.EndsAt > @from
             && (slot.State == SlotState.Open || slot.State == SlotState.Closed)
             && (slot.AgreementId != agreementId || slot.StartsAt <= now)
         select new StandingSlot(slot.SpaceId, slot.StartsAt, slot.EndsAt, agreement.Number)).ToListAsync(ct);
}

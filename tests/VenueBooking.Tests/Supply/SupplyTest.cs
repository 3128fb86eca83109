using Microsoft.EntityFrameworkCore;
using VenueBooking.Supply;
using VenueBooking.Venues;

namespace VenueBooking.Tests.Supply;

/// <summary>What tests of agreements share. Monday 1 June 2026 is today; the usual block is Tuesdays 19–21 in June's four weeks after.</summary>
public abstract class SupplyTest(AppLease lease) : AppTest(lease)
{
    protected static readonly DateOnly FirstTuesday = new(2026, 6, 2), LastTuesday = new(2026, 6, 23);

    protected async Task<Agreement> Draft(Space space, Action<Agreement>? edit = null, Action<PurchaseBlock>? block = null)
    {
        var agreement = new Agreement
        {
            Number = $"草-{Guid.CreateVersion7():N}"[..20] + Random.Shared.Next(10_000),
            Kind = AgreementKind.Purchase,
            VenueId = space.VenueId,
            Counterparty = "示例体育公司",
            StartsOn = FirstTuesday.AddDays(-1),
            EndsOn = LastTuesday,
            CreatedAt = Clock.Now,
        };
        edit?.Invoke(agreement);
        var purchased = new PurchaseBlock
        {
            AgreementId = agreement.Id,
            SpaceId = space.Id,
            Weekdays = 1 << (int)DayOfWeek.Tuesday,
            FromTime = new(19, 0),
            ToTime = new(21, 0),
            StartsOn = agreement.StartsOn,
            EndsOn = LastTuesday,
            SlotMinutes = 60,
            Capacity = 1,
            HourPriceFen = 6000,
        };
        block?.Invoke(purchased);
        await App.Query(async db =>
        {
            db.AddRange(agreement, purchased);
            return await db.SaveChangesAsync();
        });
        return agreement;
    }

    protected async Task<Published> Publish(Agreement agreement)
    {
        var outcome = await App.With((PublishAgreement p) => p.PublishAsync(agreement.Id, false, default));
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Code);
        return outcome.Value!;
    }

    protected Task<List<Slot>> SlotsOf(Agreement agreement) => App.Query(db =>
        db.Set<Slot>().AsNoTracking().Where(s => s.AgreementId == agreement.Id).OrderBy(s => s.StartsAt).ToListAsync());

    protected Task<List<PurchaseBlock>> BlocksOf(Agreement agreement) => App.Query(db =>
        db.Set<PurchaseBlock>().AsNoTracking().Where(b => b.AgreementId == agreement.Id).OrderBy(b => b.Id).ToListAsync());

    protected Task<Agreement> Reload(Agreement agreement) => App.Query(db =>
        db.Set<Agreement>().AsNoTracking().SingleAsync(a => a.Id == agreement.Id));
}

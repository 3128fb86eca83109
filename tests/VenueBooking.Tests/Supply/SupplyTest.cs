using Microsoft.EntityFrameworkCore;
using VenueBooking.Supply;
using VenueBooking.Tests.Support;
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

    protected Task<string> StateOf(Guid slot) => App.Scalar<string>("select state from slots where id = $1", slot);

    protected Task<List<PurchaseBlock>> BlocksOf(Agreement agreement) => App.Query(db =>
        db.Set<PurchaseBlock>().AsNoTracking().Where(b => b.AgreementId == agreement.Id).OrderBy(b => b.Id).ToListAsync());

    protected Task<Agreement> Reload(Agreement agreement) => App.Query(db =>
        db.Set<Agreement>().AsNoTracking().SingleAsync(a => a.Id == agreement.Id));

    protected async Task<(Visitor Staff, Space Space, Agreement Agreement)> Running(Action<Agreement>? edit = null)
    {
        var space = await Make.Space();
        var agreement = await Draft(space, edit);
        await Publish(agreement);
        return (await App.SignedInAs(await Make.Staff()), space, agreement);
    }

    protected async Task<Visitor> Staff() => await App.SignedInAs(await Make.Staff());

    protected static (string, object)[] Block(Space space, string from = "19:00", string to = "21:00") =>
    [
        ("Form.Blocks[0].SpaceId", space.Id.ToString()), ("周二", "true"), ("从", from), ("到", to),
        ("起始日期", "2026-06-01"), ("截止日期", "2026-06-23"), ("每小时价格", "60"),
    ];

    protected async Task<WebPage> NewDraft(Visitor staff, Space space, string number = "购-1")
    {
        var venue = await App.Query(db => db.Set<Venue>().SingleAsync(v => v.Id == space.VenueId));
        return await (await staff.Get("/staff/agreements/new")).Press("建草稿",
            ("场馆", venue.Name), ("协议编号", number), ("对方", "示例体育公司"), ("开始日期", "2026-06-01"), ("结束日期", "2026-06-23"));
    }
}

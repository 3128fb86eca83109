using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Tests.Supply;

public sealed class PublishTests(AppLease lease) : SupplyTest(lease)
{
    [Fact]
    public async Task Publishing_writes_the_slots_with_the_windows_of_the_agreement()
    {
        var space = await Make.Space();
        var agreement = await Draft(space, edit: a => (a.AllDays, a.QuotaLiftedHours, a.ClosesMinutes, a.CancelHours, a.ReturnHours) = (7, 24, 30, 2, 20));

        var published = await Publish(agreement);

        Assert.Equal((8, 0), (published.Slots, published.Skipped));
        var first = (await SlotsOf(agreement))[0];
        Assert.Equal(SiteTime.At(new(2026, 6, 2), new(19, 0)), first.StartsAt);
        Assert.Equal(first.StartsAt.AddDays(-7), first.OpensAt);
        Assert.Equal(first.StartsAt.AddDays(-7), first.AllOpensAt);
        Assert.Equal(first.StartsAt.AddHours(-24), first.QuotaLiftedAt);
        Assert.Equal(first.StartsAt.AddMinutes(-30), first.ClosesAt);
        Assert.Equal(first.StartsAt.AddHours(-2), first.CancelUntil);
        Assert.Equal(first.StartsAt.AddHours(-20), first.ReturnBy);
        Assert.Equal((space.VenueId, space.Activity, 1, space.MaxParty, 6000), (first.VenueId, first.Activity, first.Capacity, first.MaxParty, first.PriceFen));
        Assert.Equal(AgreementState.Active, (await Reload(agreement)).State);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_skipped_and_the_rest_is_written()
    {
        var space = await Make.Space();
        await Make.Slot(space, SiteTime.At(new(2026, 6, 2), new(19, 30)));
        await App.Execute("insert into closures (id, venue_id, starts_at, ends_at, reason, created_at) values (gen_random_uuid(), $1, $2, $3, '检修', now())",
            space.VenueId, SiteTime.At(new(2026, 6, 9), new(20, 0)).UtcDateTime, SiteTime.At(new(2026, 6, 9), new(22, 0)).UtcDateTime);
        await App.Execute("insert into holidays (day, name, kind) values ('2026-06-16', '节', 'holiday')");

        var published = await Publish(await Draft(space));

        Assert.Equal((3, 5), (published.Slots, published.Skipped));
    }

    [Fact]
    public async Task Two_that_publish_the_same_hours_at_once_never_get_them_both()
    {
        var space = await Make.Space();
        var drafts = new[] { await Draft(space), await Draft(space), await Draft(space) };

        var outcomes = await Task.WhenAll(drafts.Select(d => App.With((PublishAgreement p) => p.PublishAsync(d.Id, false, default))));

        Assert.Single(outcomes, o => !o.IsRefused);
        Assert.All(outcomes.Where(o => o.IsRefused), o => Assert.Equal("nothing_to_publish", o.Refusal!.Code));
        Assert.Equal(8, await App.Scalar<long>("select count(*) from slots"));
    }

    [Fact]
    public async Task Publishing_is_refused_and_nothing_written_when_reality_has_changed_since_the_preview()
    {
        var space = await Make.Space();
        var agreement = await Draft(space);
        var digest = await App.With(async (SlotSurvey survey) =>
            (await survey.PlanAsync(agreement.Id, agreement.VenueId, await BlocksOf(agreement), false, default)).Digest());
        var other = await Draft(space, block: b => b.EndsOn = FirstTuesday);
        await Publish(other);

        var outcome = await App.With((PublishAgreement p) => p.PublishAsync(agreement.Id, agreement.Version, digest, default));

        Assert.Equal("slot_plan_changed", outcome.Refusal?.Code);
        Assert.Empty(await SlotsOf(agreement));
        Assert.Equal(AgreementState.Draft, (await Reload(agreement)).State);
    }

    [Fact]
    public async Task A_published_agreement_is_not_published_again()
    {
        var agreement = await Draft(await Make.Space());
        await Publish(agreement);
        var outcome = await App.With((PublishAgreement p) => p.PublishAsync(agreement.Id, false, default));
        Assert.Equal("agreement_not_draft", outcome.Refusal?.Code);
        Assert.Equal(8, (await SlotsOf(agreement)).Count);
    }

    [Fact]
    public async Task Ten_thousand_slots_are_published_in_one_go()
    {
        var space = await Make.Space();
        var agreement = await Draft(space, edit: a => a.EndsOn = new(2028, 12, 31), block: b =>
            (b.Weekdays, b.FromTime, b.ToTime, b.EndsOn, b.SlotMinutes) = (127, new(9, 0), new(21, 0), new(2028, 9, 1), 60));
        var published = await Publish(agreement);
        Assert.Equal(823 * 12 + 10, published.Slots);
    }

    [Theory]
    [InlineData("zh-CN", "状态 草稿 → 执行中", "时间 8 小时"), InlineData("en", "State Draft → Running", "Hours 8 hours")]
    public async Task The_log_says_what_became_of_a_published_agreement_and_how_many_hours_it_has(string language, string state, string hours)
    {
        await Publish(await Draft(await Make.Space()));

        var log = (await (await App.SignedInAs(await Make.Admin(), language)).Get("/admin/audit")).Text;

        Assert.Contains(state, log, StringComparison.Ordinal);
        Assert.Contains(hours, log, StringComparison.Ordinal);
    }
}

using FsCheck;
using FsCheck.Fluent;
using VenueBooking.Supply;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Tests.Supply;

/// <summary>What holds for whatever block and calendar.</summary>
public sealed class SlotCutterTests
{
    static readonly DateOnly Start = new(2026, 1, 1);

    static readonly Gen<PurchaseBlock> Blocks =
        from weekdays in Gen.Choose(1, 127)
        from fromMinute in Gen.Choose(0, 1380)
        from length in Gen.Choose(1, 1439)
        from firstDay in Gen.Choose(0, 700)
        from days in Gen.Choose(0, 60)
        from minutes in Gen.Choose(15, 720)
        from price in Gen.Choose(0, 100_000)
        from onHolidays in Gen.Elements(true, false)
        select new PurchaseBlock
        {
            SpaceId = Guid.CreateVersion7(),
            Weekdays = (short)weekdays,
            FromTime = TimeOnly.MinValue.AddMinutes(fromMinute),
            ToTime = TimeOnly.MinValue.AddMinutes(Math.Min(1439, fromMinute + length)),
            StartsOn = Start.AddDays(firstDay),
            EndsOn = Start.AddDays(firstDay + days),
            SlotMinutes = minutes,
            Capacity = 1,
            HourPriceFen = price,
            OnHolidays = onHolidays,
        };

    static readonly Gen<Holiday> Days =
        from day in Gen.Choose(0, 760)
        from works in Gen.Elements(true, false)
        from stands in Gen.Choose(0, 6)
        select new Holiday
        {
            Day = Start.AddDays(day),
            Name = "节",
            Kind = works ? HolidayKind.Workday : HolidayKind.Holiday,
            StandsIn = works ? (DayOfWeek)stands : null,
        };

    static readonly Gen<(PurchaseBlock Block, HolidayCalendar Calendar)> Cases =
        from block in Blocks
        from days in Days.ListOf()
        select (block, new HolidayCalendar(days.DistinctBy(d => d.Day)));

    static void Holds(Func<PurchaseBlock, HolidayCalendar, List<CutSlot>, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(Cases.ToArbitrary(), c => law(c.Block, c.Calendar, [.. SlotCutter.Cut(c.Block, c.Calendar)])));

    static IEnumerable<DateOnly> DaysOf(PurchaseBlock block) =>
        Enumerable.Range(0, block.EndsOn.DayNumber - block.StartsOn.DayNumber + 1).Select(block.StartsOn.AddDays);

    // 23:59 stands for 24:00.
    static DateTimeOffset End(PurchaseBlock block, DateOnly day) =>
        block.ToTime == SiteTime.Midnight ? SiteTime.StartOf(day.AddDays(1)) : SiteTime.At(day, block.ToTime);

    [Fact]
    public void Slots_of_a_block_never_overlap() => Holds((_, _, slots) => slots.Zip(slots.Skip(1)).All(p => p.First.EndsAt <= p.Second.StartsAt));

    [Fact]
    public void Every_slot_lies_within_its_block_on_one_day_at_the_site() => Holds((block, _, slots) => slots.All(slot =>
        slot.Day >= block.StartsOn && slot.Day <= block.EndsOn
        && slot.StartsAt >= SiteTime.At(slot.Day, block.FromTime) && slot.EndsAt <= End(block, slot.Day)));

    [Fact]
    public void Every_slot_is_as_long_as_the_block_says() =>
        Holds((block, _, slots) => slots.All(slot => slot.EndsAt - slot.StartsAt == TimeSpan.FromMinutes(block.SlotMinutes)));

    [Fact]
    public void There_are_as_many_slots_as_days_of_the_weekdays_times_slots_a_day() => Holds((block, calendar, slots) =>
        slots.Count == DaysOf(block).Count(day => block.RunsOn(calendar.CountsAs(day))) * ((int)(End(block, Start) - SiteTime.At(Start, block.FromTime)).TotalMinutes / block.SlotMinutes));

    [Fact]
    public void A_day_worked_in_exchange_counts_as_the_weekday_it_stands_in_for() =>
        Holds((block, calendar, slots) => slots.All(slot => block.RunsOn(calendar.CountsAs(slot.Day))));

    [Fact]
    public void Holidays_are_left_out_unless_the_block_says_otherwise() => Holds((block, calendar, slots) =>
        slots.All(slot => slot.Holiday is not null == (calendar.IsHoliday(slot.Day) && !block.OnHolidays)));

    [Fact]
    public void Times_are_those_of_a_zone_without_summer_time() =>
        Holds((block, _, slots) => slots.All(slot => slot.StartsAt.Offset == TimeSpan.Zero
            && slot.StartsAt == new DateTimeOffset(slot.Day.ToDateTime(SiteTime.TimeOf(slot.StartsAt)), TimeSpan.FromHours(8))));

    [Fact]
    public void A_slot_costs_its_share_of_the_hour_to_the_nearest_fen() => Holds((block, _, slots) =>
        slots.All(slot => Math.Abs(slot.PriceFen - block.HourPriceFen * block.SlotMinutes / 60m) <= 0.5m));

    [Fact]
    public void Sunday_worked_for_Thursday_gets_the_Thursday_block_and_not_the_Sunday_block()
    {
        var sunday = new DateOnly(2026, 9, 27);
        var calendar = new HolidayCalendar([new() { Day = sunday, Name = "国庆调休", Kind = HolidayKind.Workday, StandsIn = DayOfWeek.Thursday }]);
        PurchaseBlock On(DayOfWeek weekday) => new()
        {
            Weekdays = (short)(1 << (int)weekday),
            FromTime = new(19, 0),
            ToTime = new(21, 0),
            StartsOn = sunday,
            EndsOn = sunday,
            SlotMinutes = 60,
            Capacity = 1,
        };
        Assert.Equal(2, SlotCutter.Cut(On(DayOfWeek.Thursday), calendar).Count());
        Assert.Empty(SlotCutter.Cut(On(DayOfWeek.Sunday), calendar));
    }
}

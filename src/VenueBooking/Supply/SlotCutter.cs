using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>One slot that a block yields by the calendar alone.</summary>
/// <param name="Holiday">The public holiday that the block leaves out, or null.</param>
public sealed record CutSlot(PurchaseBlock Block, DateOnly Day, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Holiday)
{
    public Guid SpaceId => Block.SpaceId;
    public int PriceFen => SlotCutter.PriceFen(Block);
}

/// <summary>Cuts blocks into slots. Pure: blocks and calendar in, slots out, in the order of block, day and time.</summary>
public static class SlotCutter
{
    public static IEnumerable<CutSlot> Cut(IEnumerable<PurchaseBlock> blocks, HolidayCalendar calendar) =>
        blocks.SelectMany(block => Cut(block, calendar));

    public static IEnumerable<CutSlot> Cut(PurchaseBlock block, HolidayCalendar calendar)
    {
        for (var day = block.StartsOn; day <= block.EndsOn; day = day.AddDays(1))
        {
            if (!block.RunsOn(calendar.CountsAs(day)))
                continue;
            var holiday = !block.OnHolidays && calendar.IsHoliday(day) ? calendar.NameOf(day) : null;
            var start = SiteTime.At(day, block.FromTime);
            for (var n = 0; n < PerDay(block); n++)
            {
                var startsAt = start.AddMinutes(n * block.SlotMinutes);
                yield return new CutSlot(block, day, startsAt, startsAt.AddMinutes(block.SlotMinutes), holiday);
            }
        }
    }

    /// <summary>Whole slots between from and to; what is left over at the end is not cut.</summary>
    public static int PerDay(PurchaseBlock block) => block.Minutes / block.SlotMinutes;

    public static int MinutesLeftOver(PurchaseBlock block) => block.Minutes % block.SlotMinutes;

    /// <summary>More than a block can yield: a bound that costs nothing to know.</summary>
    public static long AtMost(PurchaseBlock block) => (long)(block.EndsOn.DayNumber - block.StartsOn.DayNumber + 1) * PerDay(block);

    /// <summary>What one slot costs, to the nearest 分.</summary>
    public static int PriceFen(PurchaseBlock block) => (int)(((long)block.HourPriceFen * block.SlotMinutes + 30) / 60);

    /// <summary>From start to end, which may be 24:00.</summary>
    public static int Minutes(TimeOnly from, TimeOnly to) => (int)(to - from).TotalMinutes + (to == SiteTime.Midnight ? 1 : 0);
}

using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>A plan as the preview shows it; without a plan, what is still missing before there can be one.</summary>
/// <param name="Running">The agreement runs: the preview is of a change.</param>
public sealed record PlanView(SlotPlan? Plan, AgreementView View, IReadOnlyList<PurchaseBlock> Blocks, int? ReturnHours, IReadOnlyList<string> Missing, bool Running)
{
    /// <summary>More lines than anybody reads.</summary>
    public const int MostLines = 60;

    /// <summary>Why a slot is not written, in the order shown. A running agreement's past is not worth a word.</summary>
    public IEnumerable<SlotFate> Obstacles =>
        new[] { SlotFate.Overlapping, SlotFate.OnClosure, SlotFate.OnHoliday, SlotFate.Past, SlotFate.Gone }
            .Where(fate => Plan!.Count(fate) > 0 && !(Running && fate == SlotFate.Past));

    /// <summary>Open slots, new or kept, that begin too soon to be handed back any more by these terms.</summary>
    public int TooLateToReturn(DateTimeOffset now) => ReturnHours is { } hours
        ? Plan!.Slots.Count(s => (s.Fate == SlotFate.Valid || s.Standing is { State: SlotState.Open }) && s.Cut.StartsAt > now && s.Cut.StartsAt.AddHours(-hours) <= now)
        : 0;

    public int Skipped => Obstacles.Sum(Plan!.Count);

    /// <summary>Weeks, by their Mondays, with the slots of each day: how many are valid or kept, how many are not.</summary>
    public IEnumerable<(DateOnly Monday, (int Good, int Bad)[] Days)> Weeks() => Plan!.Slots
        .Where(s => !(Running && s.Fate == SlotFate.Past))
        .GroupBy(s => SiteTime.WeekOf(s.Cut.Day)).OrderBy(g => g.Key)
        .Select(week => (week.Key, Enumerable.Range(0, 7).Select(n => CountOf(week.Where(s => s.Cut.Day == week.Key.AddDays(n)))).ToArray()));

    /// <summary>Days of the week on which there is anything, from 0 for Monday: columns that a phone has room for.</summary>
    public int[] DaysUsed => [.. Plan!.Slots.Select(s => ((int)s.Cut.Day.DayOfWeek + 6) % 7).Distinct().Order()];

    public IEnumerable<(int Number, PurchaseBlock Block)> LeavingOver =>
        Blocks.Select((block, i) => (i + 1, block)).Where(b => SlotCutter.MinutesLeftOver(b.block) > 0);

    static (int Good, int Bad) CountOf(IEnumerable<PlannedSlot> slots)
    {
        var good = slots.Count(s => s.Fate is SlotFate.Valid or SlotFate.Kept);
        return (good, slots.Count() - good);
    }
}

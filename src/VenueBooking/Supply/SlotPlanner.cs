using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>A slot of whatever agreement that stands in a space.</summary>
public sealed record StandingSlot(Guid SpaceId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string AgreementNumber);

/// <summary>All that blocks meet: the calendar, closures and hours of the venue, and the slots that stand already.</summary>
/// <param name="Own">Slots of this agreement that have not begun, live or gone.</param>
/// <param name="Others">Every other live slot of the spaces, and this agreement's that have begun.</param>
public sealed record Surroundings(
    HolidayCalendar Calendar,
    IReadOnlyList<Closure> Closures,
    IReadOnlyList<OpeningHours> Hours,
    IReadOnlyList<OwnSlot> Own,
    IReadOnlyList<StandingSlot> Others);

/// <summary>Decides what becomes of every slot the blocks would yield. Pure.</summary>
public sealed class SlotPlanner
{
    readonly Surroundings around;
    readonly IReadOnlyList<PurchaseBlock> blocks;
    readonly Dictionary<Guid, int> places;
    readonly DateTimeOffset now;
    readonly bool allowPast;
    readonly Times<StandingSlot> others = new();
    readonly Times<PurchaseBlock> claimed = new();
    readonly Times<OwnSlot> gone = new();
    readonly Dictionary<(Guid Space, DateTimeOffset From, DateTimeOffset Until), OwnSlot> own;
    readonly HashSet<Guid> kept = [];

    SlotPlanner(IReadOnlyList<PurchaseBlock> blocks, Surroundings around, DateTimeOffset now, bool allowPast)
    {
        (this.blocks, this.around, this.now, this.allowPast) = (blocks, around, now, allowPast);
        places = blocks.Select((block, i) => (block.Id, Place: i + 1)).ToDictionary(p => p.Id, p => p.Place);
        foreach (var other in around.Others)
            others.Add(other.SpaceId, other.StartsAt, other.EndsAt, other);
        foreach (var slot in around.Own.Where(o => !o.IsLive && o.BlockId is not null))
            gone.Add(slot.BlockId!.Value, slot.StartsAt, slot.EndsAt, slot);
        own = around.Own.Where(o => o.IsLive).ToDictionary(o => (o.SpaceId, o.StartsAt, o.EndsAt));
    }

    /// <param name="allowPast">Past slots are written too: for the demo's past weeks only.</param>
    public static SlotPlan Plan(IReadOnlyList<PurchaseBlock> blocks, Surroundings around, DateTimeOffset now, bool allowPast = false) =>
        new SlotPlanner(blocks, around, now, allowPast).Run();

    SlotPlan Run()
    {
        var cuts = SlotCutter.Cut(blocks, around.Calendar).ToList();
        var standing = new PlannedSlot?[cuts.Count];
        for (var i = 0; i < cuts.Count; i++)
            standing[i] = Keep(cuts[i]);
        var planned = cuts.Select((cut, i) => standing[i] ?? Judge(cut)).ToList();
        return new SlotPlan(planned, [.. around.Own.Where(o => o.IsLive && !kept.Contains(o.Id)).OrderBy(o => o.Id)]);
    }

    // What stands and is still wanted stays, whatever else lies in its way by now.
    PlannedSlot? Keep(CutSlot cut)
    {
        if (cut.Holiday is not null || !own.TryGetValue((cut.SpaceId, cut.StartsAt, cut.EndsAt), out var slot) || !kept.Add(slot.Id))
            return null;
        claimed.Add(cut.SpaceId, cut.StartsAt, cut.EndsAt, cut.Block);
        return new PlannedSlot(cut, SlotFate.Kept, Standing: slot);
    }

    PlannedSlot Judge(CutSlot cut)
    {
        if (cut.StartsAt <= now && !allowPast)
            return new(cut, SlotFate.Past);
        if (cut.Holiday is { } holiday)
            return new(cut, SlotFate.OnHoliday, holiday);
        if (around.Closures.FirstOrDefault(c => c.Hits(cut.SpaceId, cut.StartsAt, cut.EndsAt)) is { } closure)
            return new(cut, SlotFate.OnClosure, closure.Reason);
        if (gone.Meeting(cut.Block.Id, cut.StartsAt, cut.EndsAt) is not null)
            return new(cut, SlotFate.Gone);
        if (others.Meeting(cut.SpaceId, cut.StartsAt, cut.EndsAt) is { } other)
            return new(cut, SlotFate.Overlapping, other.AgreementNumber);
        if (claimed.Meeting(cut.SpaceId, cut.StartsAt, cut.EndsAt) is { } block)
            return new(cut, SlotFate.Overlapping, OtherBlock: places[block.Id]);
        claimed.Add(cut.SpaceId, cut.StartsAt, cut.EndsAt, cut.Block);
        return new(cut, SlotFate.Valid, OutsideHours: !IsWithinHours(cut));
    }

    // A venue without opening hours has none to be outside of.
    bool IsWithinHours(CutSlot cut)
    {
        var (from, until, weekday) = (SiteTime.TimeOf(cut.StartsAt), SiteTime.TimeOf(cut.EndsAt), around.Calendar.CountsAs(cut.Day));
        if (SiteTime.DayOf(cut.EndsAt) > cut.Day)
            until = SiteTime.Midnight;
        return around.Hours.Count == 0 || around.Hours.Any(h => h.Weekday == weekday && h.Opens <= from && until <= h.Closes);
    }

    /// <summary>Who holds which time of something (a space, a block), found by it and the day.</summary>
    sealed class Times<T> where T : class
    {
        readonly Dictionary<(Guid, DateOnly), List<(DateTimeOffset From, DateTimeOffset Until, T Holder)>> days = [];

        public void Add(Guid of, DateTimeOffset from, DateTimeOffset until, T holder)
        {
            foreach (var day in DaysOf(from, until))
            {
                if (!days.TryGetValue((of, day), out var list))
                    days[(of, day)] = list = [];
                list.Add((from, until, holder));
            }
        }

        public T? Meeting(Guid of, DateTimeOffset from, DateTimeOffset until)
        {
            foreach (var day in DaysOf(from, until))
                if (days.TryGetValue((of, day), out var list))
                    foreach (var held in list)
                        if (held.From < until && from < held.Until)
                            return held.Holder;
            return null;
        }

        static IEnumerable<DateOnly> DaysOf(DateTimeOffset from, DateTimeOffset until)
        {
            for (var day = SiteTime.DayOf(from); day <= SiteTime.DayOf(until); day = day.AddDays(1))
                yield return day;
        }
    }
}

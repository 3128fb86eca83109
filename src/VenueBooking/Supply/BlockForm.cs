using System.Globalization;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>One block as it was typed: space × weekdays × from–to × dates × price per hour.</summary>
public sealed class BlockForm
{
    /// <summary>Empty: a new one.</summary>
    public string? Id { get; set; }
    public string? SpaceId { get; set; }
    /// <summary>Numbers of DayOfWeek.</summary>
    public List<string> Weekdays { get; set; } = [];
    public string? FromTime { get; set; }
    public string? ToTime { get; set; }
    public string? StartsOn { get; set; }
    public string? EndsOn { get; set; }
    public string? SlotMinutes { get; set; } = "60";
    /// <summary>Empty: the space's own.</summary>
    public string? Capacity { get; set; }
    /// <summary>Yuan.</summary>
    public string? HourPrice { get; set; }
    public bool OnHolidays { get; set; }
    /// <summary>Ticked: left out when the form is saved.</summary>
    public bool Remove { get; set; }

    /// <summary>Nothing in it has been filled in yet: not a block.</summary>
    public bool IsBlank => new[] { Id, SpaceId, FromTime, ToTime, HourPrice }.All(string.IsNullOrWhiteSpace) && Weekdays.Count == 0;

    public static BlockForm Of(BlockFacts block) => new()
    {
        Id = block.Id.ToString(),
        SpaceId = block.SpaceId.ToString(),
        Weekdays = [.. Enumerable.Range(0, 7).Where(day => (block.Weekdays >> day & 1) == 1).Select(AgreementForm.Write)],
        FromTime = SiteTime.Time(block.FromTime),
        ToTime = SiteTime.Time(block.ToTime),
        StartsOn = AgreementForm.Write(block.StartsOn),
        EndsOn = AgreementForm.Write(block.EndsOn),
        SlotMinutes = AgreementForm.Write(block.SlotMinutes),
        Capacity = AgreementForm.Write(block.Capacity),
        HourPrice = (block.HourPriceFen / 100m).ToString("0.##", CultureInfo.InvariantCulture),
        OnHolidays = block.OnHolidays,
    };

    /// <summary>A block to go on from: the last one again, for another space, or the agreement's whole stretch.</summary>
    public static BlockForm After(AgreementForm form) => form.Blocks.LastOrDefault() is not { } last
        ? new() { StartsOn = form.StartsOn, EndsOn = form.EndsOn }
        : new()
        {
            Weekdays = [.. last.Weekdays],
            FromTime = last.FromTime,
            ToTime = last.ToTime,
            StartsOn = last.StartsOn,
            EndsOn = last.EndsOn,
            SlotMinutes = last.SlotMinutes,
            HourPrice = last.HourPrice,
            OnHolidays = last.OnHolidays,
        };

    /// <param name="at">The block's place in the form, as fields are named: <c>Blocks[2].</c></param>
    internal BlockFacts Check(FieldChecks checks, string at, IReadOnlyList<Space> spaces, DateOnly starts, DateOnly ends)
    {
        var space = Guid.TryParse(SpaceId, out var id) ? spaces.FirstOrDefault(s => s.Id == id) : null;
        if (space is null)
            checks.Refuse("block_space_unknown", at + nameof(SpaceId));
        var facts = new BlockFacts(
            Guid.TryParse(Id, out var known) ? known : Guid.CreateVersion7(), space?.Id ?? Guid.Empty, CheckWeekdays(checks, at),
            checks.TimeOfDay(FromTime, at + nameof(FromTime)), checks.EndTime(ToTime, at + nameof(ToTime)),
            checks.Day(StartsOn, at + nameof(StartsOn)), checks.Day(EndsOn, at + nameof(EndsOn)),
            checks.Number(SlotMinutes, at + nameof(SlotMinutes), 15, 720),
            space is not null && string.IsNullOrWhiteSpace(Capacity) ? space.Capacity : checks.Number(Capacity, at + nameof(Capacity), 1, space?.Capacity ?? Space.MostPeople),
            checks.Fen(HourPrice, at + nameof(HourPrice), 100_000_000), OnHolidays);
        CheckWhole(checks, at, facts, starts, ends);
        return facts;
    }

    static void CheckWhole(FieldChecks checks, string at, BlockFacts block, DateOnly starts, DateOnly ends)
    {
        if (checks.Problems.Any(p => p.Field?.StartsWith(at, StringComparison.Ordinal) == true))
            return;
        if (block.ToTime <= block.FromTime)
            checks.Refuse("to_before_from", at + nameof(ToTime));
        else if (SlotCutter.Minutes(block.FromTime, block.ToTime) < block.SlotMinutes)
            checks.Refuse("no_whole_slot", at + nameof(SlotMinutes));
        if (block.EndsOn < block.StartsOn)
            checks.Refuse("ends_before_start", at + nameof(EndsOn));
        else if (block.StartsOn < starts || block.StartsOn > ends)
            checks.Refuse("block_outside_agreement", at + nameof(StartsOn));
        else if (block.EndsOn > ends)
            checks.Refuse("block_outside_agreement", at + nameof(EndsOn));
    }

    short CheckWeekdays(FieldChecks checks, string at)
    {
        var bits = 0;
        foreach (var word in Weekdays)
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 0 and <= 6)
                bits |= 1 << day;
        if (bits == 0)
            checks.Refuse("weekdays_required", at + nameof(Weekdays));
        return (short)bits;
    }
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using VenueBooking.Web;

namespace VenueBooking.Supply.Staff;

/// <summary>Where an agreement as it is stored differs from the form that somebody filled in on an older one.</summary>
public sealed class StoredNow(AgreementView view, AgreementForm typed, SiteTime time, IStringLocalizer<SupplyText> t)
{
    readonly AgreementForm stored = AgreementForm.Of(view.Facts);

    /// <summary>What to call it, and what is stored; empty: nothing is.</summary>
    public IReadOnlyList<(string Label, string Now)> Differences => [.. Fields(), .. Blocks()];

    IEnumerable<(string Label, string Now)> Fields() => new (string Key, string? Now, string? Typed)[]
    {
        ("number", stored.Number, typed.Number), ("counterparty", stored.Counterparty, typed.Counterparty), ("signed_on", stored.SignedOn, typed.SignedOn),
        ("starts_on", stored.StartsOn, typed.StartsOn), ("ends_on", stored.EndsOn, typed.EndsOn), ("notes", stored.Notes, typed.Notes),
        ("owner_union_id", stored.OwnerUnionId, typed.OwnerUnionId), ("own_days", stored.OwnDays, typed.OwnDays), ("all_days", stored.AllDays, typed.AllDays),
        ("quota_lifted_hours", stored.QuotaLiftedHours, typed.QuotaLiftedHours), ("closes_minutes", stored.ClosesMinutes, typed.ClosesMinutes),
        ("cancel_hours", stored.CancelHours, typed.CancelHours), ("return_hours", stored.ReturnHours, typed.ReturnHours),
        ("return_percent", stored.ReturnPercent, typed.ReturnPercent),
    }.Where(f => !Same(f.Now, f.Typed)).Select(f => (t[f.Key].Value, InWords(f.Key, f.Now) ?? ""));

    string? InWords(string key, string? now) => key switch
    {
        "owner_union_id" => view.Owner?.Name,
        "signed_on" or "starts_on" or "ends_on" => Date(now),
        _ => now,
    };

    // By their names in the form; one that is stored but not typed has none there, one that is typed but no longer stored has been left out by somebody.
    IEnumerable<(string Label, string Now)> Blocks()
    {
        foreach (var block in stored.Blocks)
        {
            var i = typed.Blocks.FindIndex(b => b.Id == block.Id);
            if (i < 0 || !IsSame(block, typed.Blocks[i]))
                yield return (i < 0 ? t["stored_block_other"].Value : t["block_nth", i + 1].Value, InWords(block));
        }
        for (var i = 0; i < typed.Blocks.Count; i++)
            if (typed.Blocks[i] is { Remove: false, Id.Length: > 0 } block && stored.Blocks.TrueForAll(b => b.Id != block.Id))
                yield return (t["block_nth", i + 1].Value, "");
    }

    string InWords(BlockForm b) => Dotted.Line(
        Guid.TryParse(b.SpaceId, out var space) ? view.SpaceName(space) : "",
        string.Join(t["list_comma"], b.Weekdays.Select(d => SiteTime.Weekday((DayOfWeek)int.Parse(d, CultureInfo.InvariantCulture)))),
        $"{b.FromTime}–{b.ToTime}", $"{Date(b.StartsOn)} – {Date(b.EndsOn)}", $"{t["slot_minutes"]} {b.SlotMinutes}", $"{t["hour_price"]} ¥{b.HourPrice}",
        $"{t["capacity"]} {b.Capacity}", b.OnHolidays ? t["on_holidays"].Value : "");

    string? Date(string? day) => DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var date) ? time.Date(date) : day;

    static bool IsSame(BlockForm a, BlockForm b) =>
        !b.Remove && a.OnHolidays == b.OnHolidays && a.Weekdays.Order().SequenceEqual(b.Weekdays.Order())
        && Same(a.SpaceId, b.SpaceId) && Same(a.FromTime, b.FromTime) && Same(a.ToTime, b.ToTime) && Same(a.StartsOn, b.StartsOn) && Same(a.EndsOn, b.EndsOn)
        && Same(a.SlotMinutes, b.SlotMinutes) && Same(a.Capacity, b.Capacity) && Same(a.HourPrice, b.HourPrice);

    static bool Same(string? a, string? b) => (a ?? "").ReplaceLineEndings() == (b ?? "").ReplaceLineEndings();
}

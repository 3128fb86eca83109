using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;
using VenueBooking.Web.Tables;

namespace VenueBooking.Venues;

/// <summary>One day of the calendar, checked.</summary>
public sealed record HolidayFacts(DateOnly Day, string Name, HolidayKind Kind, DayOfWeek? StandsIn);

/// <summary>Changes the holiday calendar. Slots that are published stay as they are; what is cut later goes by it.</summary>
public sealed class EditHolidays(AppDb db, Audit audit)
{
    public async Task<Outcome<Holiday>> AddAsync(HolidayFacts facts, CancellationToken ct)
    {
        var holiday = new Holiday { Day = facts.Day, Name = facts.Name, Kind = facts.Kind, StandsIn = facts.StandsIn };
        db.Add(holiday);
        audit.Record("holiday.add", "holiday", null, after: facts);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() == "holidays_pkey")
        {
            return new Refusal("holiday_day_taken", nameof(HolidayForm.Day));
        }
        return holiday;
    }

    public async Task<Outcome<Holiday>> ChangeAsync(uint version, HolidayFacts facts, CancellationToken ct)
    {
        var holiday = await db.Set<Holiday>().AsTracking().SingleOrDefaultAsync(h => h.Day == facts.Day, ct);
        if (holiday is null)
            return Refusal.NotFound;
        db.Entry(holiday).Property(h => h.Version).OriginalValue = version;
        audit.Record("holiday.edit", "holiday", null, FactsOf(holiday), facts);
        (holiday.Name, holiday.Kind, holiday.StandsIn) = (facts.Name, facts.Kind, facts.StandsIn);
        db.Entry(holiday).State = EntityState.Modified;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("page_stale");
        }
        return holiday;
    }

    public async Task<Outcome<Done>> DeleteAsync(DateOnly day, CancellationToken ct)
    {
        var holiday = await db.Set<Holiday>().AsTracking().SingleOrDefaultAsync(h => h.Day == day, ct);
        if (holiday is null)
            return Refusal.NotFound;
        db.Remove(holiday);
        audit.Record("holiday.delete", "holiday", null, FactsOf(holiday));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("page_stale");
        }
        return Done.It;
    }

    /// <summary>What the rows would change.</summary>
    public async Task<HolidayChanges> CompareAsync(IReadOnlyList<HolidayFacts> rows, CancellationToken ct)
    {
        var days = rows.Select(r => r.Day).ToList();
        var known = await db.Set<Holiday>().AsNoTracking().Where(h => days.Contains(h.Day)).ToDictionaryAsync(h => h.Day, ct);
        return new HolidayChanges(
            [.. rows.Where(r => !known.ContainsKey(r.Day))],
            [.. rows.Where(r => known.TryGetValue(r.Day, out var old) && FactsOf(old) != r).Select(r => (FactsOf(known[r.Day]), r))],
            rows.Count(r => known.TryGetValue(r.Day, out var old) && FactsOf(old) == r));
    }

    /// <summary>All rows, in one transaction. Days that the rows do not name stay.</summary>
    public async Task<HolidayChanges> ImportAsync(IReadOnlyList<HolidayFacts> rows, CancellationToken ct)
    {
        await using var work = await db.JoinTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("lock table holidays in share row exclusive mode", ct);
        var changes = await CompareAsync(rows, ct);
        db.AddRange(changes.Added.Select(r => new Holiday { Day = r.Day, Name = r.Name, Kind = r.Kind, StandsIn = r.StandsIn }));
        foreach (var (_, now) in changes.Changed)
        {
            await db.Set<Holiday>().Where(h => h.Day == now.Day).ExecuteUpdateAsync(s => s
                .SetProperty(h => h.Name, now.Name).SetProperty(h => h.Kind, now.Kind).SetProperty(h => h.StandsIn, now.StandsIn), ct);
        }
        if (changes.Any)
            audit.Record("holiday.import", "holiday", null, changes.Changed.Select(c => c.Before), changes.Added.Concat(changes.Changed.Select(c => c.Now)));
        await work.SaveAsync(db, ct);
        return changes;
    }

    static HolidayFacts FactsOf(Holiday h) => new(h.Day, h.Name, h.Kind, h.StandsIn);
}

/// <summary>What an import adds and changes, and how many days it finds as they are.</summary>
public sealed record HolidayChanges(IReadOnlyList<HolidayFacts> Added, IReadOnlyList<(HolidayFacts Before, HolidayFacts Now)> Changed, int Same)
{
    public bool Any => Added.Count + Changed.Count > 0;
}

/// <summary>What staff type about a day of the calendar.</summary>
public sealed class HolidayForm
{
    public string? Day { get; set; }
    public string? Name { get; set; }
    /// <summary>holiday or workday.</summary>
    public string? Kind { get; set; } = "holiday";
    /// <summary>0–6 as <see cref="DayOfWeek"/> counts, or empty.</summary>
    public string? StandsIn { get; set; }

    public HolidayFacts Check(FieldChecks checks)
    {
        if (!TableCells.TryDate((Day ?? "").Trim(), out var day) || day.Year is < 2000 or > 2100)
            checks.Refuse(string.IsNullOrWhiteSpace(Day) ? "field_required" : "field_day", nameof(Day));
        var name = checks.Text(Name, nameof(Name), 60, required: true);
        if (!SnakeCase.TryParse<HolidayKind>(Kind, out var kind))
            checks.Refuse("field_required", nameof(Kind));
        DayOfWeek? standsIn = null;
        if (!string.IsNullOrEmpty(StandsIn))
        {
            if (StandsIn is [>= '0' and <= '6'])
                standsIn = (DayOfWeek)(StandsIn[0] - '0');
            else
                checks.Refuse("holiday_weekday", nameof(StandsIn));
        }
        if (standsIn is not null && kind == HolidayKind.Holiday)
            checks.Refuse("holiday_stands_in", nameof(StandsIn));
        return new HolidayFacts(day, name, kind, standsIn);
    }
}

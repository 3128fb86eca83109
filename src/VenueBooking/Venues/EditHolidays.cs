using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Venues;

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
            return VenueRefusals.HolidayDayTaken;
        }
        return holiday;
    }

    public async Task<Outcome<Holiday>> ChangeAsync(uint version, HolidayFacts facts, CancellationToken ct)
    {
        var holiday = await db.Set<Holiday>().AsTracking().SingleOrDefaultAsync(h => h.Day == facts.Day, ct);
        if (holiday is null)
            return Refusal.NotFound;
        db.Entry(holiday).Property(h => h.Version).OriginalValue = version;
        audit.Record("holiday.edit", "holiday", null, HolidayFacts.Of(holiday), facts);
        (holiday.Name, holiday.Kind, holiday.StandsIn) = (facts.Name, facts.Kind, facts.StandsIn);
        db.Entry(holiday).State = EntityState.Modified;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Stale;
        }
        return holiday;
    }

    public async Task<Outcome<Done>> DeleteAsync(DateOnly day, CancellationToken ct)
    {
        var holiday = await db.Set<Holiday>().AsTracking().SingleOrDefaultAsync(h => h.Day == day, ct);
        if (holiday is null)
            return Refusal.NotFound;
        db.Remove(holiday);
        audit.Record("holiday.delete", "holiday", null, HolidayFacts.Of(holiday));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Stale;
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
            [.. rows.Where(r => known.TryGetValue(r.Day, out var old) && HolidayFacts.Of(old) != r).Select(r => (HolidayFacts.Of(known[r.Day]), r))],
            rows.Count(r => known.TryGetValue(r.Day, out var old) && HolidayFacts.Of(old) == r));
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
}

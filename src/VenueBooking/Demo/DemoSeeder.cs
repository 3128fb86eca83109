using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Unions;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Demo;

/// <summary>
/// Fills an empty database with an invented district: unions, people, venues, purchases and their use. Once, and whole: it
/// is one transaction, so a start that was killed leaves nothing half-made.
/// </summary>
sealed class DemoSeeder(AppDb db, DemoPeople people, DemoInventory inventory, DemoUse use, SiteTime time)
{
    const string District = "示范区总工会";
    const int Regulars = 600, Grassroots = 40;

    /// <returns>False when the demo is there already.</returns>
    internal async Task<bool> SeedAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(ct);
        if (await db.Set<Venue>().AnyAsync(v => v.IsDemo, ct))
            return false;
        var (branches, grassroots) = await WriteUnionsAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var accounts = Accounts(grassroots);
        var regulars = People("resident", Regulars, 0, grassroots);
        await people.WriteAsync(connection, [.. accounts, .. regulars], ct);
        await WriteNewcomersAsync(connection, grassroots[0], ct);
        await WriteHolidaysAsync(ct);
        var venues = await inventory.WriteAsync(branches[0].Id, ct);
        await WriteScopesAsync(accounts, branches, venues, ct);
        await use.WriteAsync(connection, regulars, accounts[0], ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Adds <c>member00001@demo.example</c> … up to the number asked for, verified, spread over the grassroots unions.</summary>
    /// <returns>How many were missing and have been added.</returns>
    internal async Task<int> AddMembersAsync(int count, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(ct);
        var grassroots = await db.Set<Union>().Where(u => u.Level == UnionLevel.Grassroots && u.EndedAt == null)
            .OrderBy(u => u.Name).Take(Grassroots).ToListAsync(ct);
        var there = await db.Set<AppUser>().Where(u => u.IsDemo && u.NormalizedEmail!.StartsWith("MEMBER")).Select(u => u.Email!).ToListAsync(ct);
        var missing = People("member", count, there.Count, grassroots).Where(p => !there.Contains(p.Email)).ToList();
        await people.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), missing, ct);
        await transaction.CommitAsync(ct);
        return missing.Count;
    }

    // Two services that start at once on one empty database: one seeds, the other waits and finds it done.
    Task<int> LockAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('demo'))", ct);

    async Task<(List<Union> Branches, List<Union> Grassroots)> WriteUnionsAsync(CancellationToken ct)
    {
        var district = Union.Make(null, District, time.Now);
        var branches = DemoNames.Branches.Select(name => Union.Make(district, name, time.Now)).ToList();
        var grassroots = branches.SelectMany((branch, b) =>
            Enumerable.Range(0, Grassroots / branches.Count).Select(i => Union.Make(branch, DemoNames.Grassroots(b, i), time.Now))).ToList();
        db.AddRange([district, .. branches, .. grassroots]);
        await db.SaveChangesAsync(ct);
        return (branches, grassroots);
    }

    Task<int> WriteHolidaysAsync(CancellationToken ct)
    {
        db.AddRange(HolidayLibrary.Years.Where(year => year >= time.Today.Year).SelectMany(year => HolidayLibrary.Of(year)!)
            .Select(d => new Holiday { Day = d.Day, Name = d.Name, Kind = d.Kind, StandsIn = d.StandsIn }));
        return db.SaveChangesAsync(ct);
    }

    static List<DemoPeople.Person> Accounts(List<Union> grassroots) =>
    [
        new(Guid.CreateVersion7(), "worker@demo.example", "王小明", Roles.Worker, grassroots[0].Id, "DEMO-W-0001"),
        new(Guid.CreateVersion7(), "officer@demo.example", "李干事", Roles.UnionOfficer, null, null),
        new(Guid.CreateVersion7(), "staff@demo.example", "张职员", Roles.Staff, null, null),
        new(Guid.CreateVersion7(), "desk@demo.example", "赵前台", Roles.Desk, null, null),
        new(Guid.CreateVersion7(), "admin@demo.example", "陈管理", Roles.Admin, null, null),
    ];

    static List<DemoPeople.Person> People(string kind, int count, int from, List<Union> unions)
    {
        var random = new Random(20260102 + from);
        return [.. Enumerable.Range(1, count).Select(n => DemoPeople.Member(
            string.Create(CultureInfo.InvariantCulture, $"{kind}{n:00000}@demo.example"),
            DemoNames.Person(random), unions[n % unions.Count].Id,
            string.Create(CultureInfo.InvariantCulture, $"DEMO-{char.ToUpperInvariant(kind[0])}-{n:00000}")))];
    }

    /// <summary>People who have asked for membership and wait: something for the officer to do. Two are on their union's roster under a slightly other name.</summary>
    async Task WriteNewcomersAsync(NpgsqlConnection connection, Union union, CancellationToken ct)
    {
        var newcomers = People("newcomer", 6, 1, [union]).Select(p => p with { UnionId = null }).ToList();
        await people.WriteAsync(connection, newcomers, ct);
        foreach (var (person, n) in newcomers.Select((p, n) => (p, n)))
        {
            db.Add(Membership.Ask(person.Id, person.Name, union.Id, person.Card, time.Now.AddHours(-n - 1)));
            if (n < 2)
                db.Add(new RosterEntry { UnionId = union.Id, CardNumber = person.Card!, Name = person.Name + "（临时）", ImportedAt = time.Now });
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The officer looks after one branch; the desk stands in the venues with badminton and a few more.</summary>
    async Task WriteScopesAsync(List<DemoPeople.Person> accounts, List<Union> branches, IReadOnlyList<Venue> venues, CancellationToken ct)
    {
        db.Add(new UnionOfficer { UserId = accounts[1].Id, UnionId = branches[0].Id });
        var badminton = await db.Set<Space>().Where(s => s.Activity == "badminton").Select(s => s.VenueId).Distinct().ToListAsync(ct);
        foreach (var venue in venues.Where((v, i) => badminton.Contains(v.Id) || i < 6))
            db.Add(new VenueDesk { UserId = accounts[3].Id, VenueId = venue.Id });
        await db.SaveChangesAsync(ct);
    }
}

using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Guards;

/// <summary>Whose a table is. A module writes its own and reads those of the modules it knows.</summary>
public sealed partial class OwnershipTests(AppLease lease) : AppTest(lease)
{
    static readonly Dictionary<string, string[]> Owned = new()
    {
        ["Data"] = ["data_protection_keys", "schema_migrations"],
        ["Web"] = ["audit_actors", "audit_entries", "idempotency_keys"],
        ["Jobs"] = ["job_runs"],
        ["Notices"] = ["outbox"],
        ["Accounts"] = ["users", "roles", "user_roles", "user_claims", "role_claims", "user_logins", "user_tokens", "user_passkeys"],
        ["Unions"] = ["unions", "union_officers", "roster_entries", "roster_uploads", "memberships"],
        ["Venues"] = ["venues", "venue_desks", "spaces", "opening_hours", "venue_photos", "closures", "holidays"],
        ["Supply"] = ["agreements", "purchase_blocks", "agreement_attachments", "slots"],
        ["Bookings"] = ["bookings", "calendar_feeds", "ticket_keys"],
    };

    /// <summary>What others may write too. A new line here is a decision: say why in the commit.</summary>
    static readonly (string Module, string Table)[] Exceptions =
    [
        // A booking and the place it takes are one statement; so are it, its mail and its audit line.
        ("Bookings", "slots"), ("Bookings", "outbox"), ("Bookings", "audit_entries"),
        ("Supply", "outbox"),
    ];

    static readonly Dictionary<string, string> Owners = Owned.SelectMany(o => o.Value.Select(table => (table, o.Key))).ToDictionary(o => o.table, o => o.Key);

    [Fact]
    public async Task Every_table_has_its_owner()
    {
        var tables = await App.Query(db => db.Database.SqlQueryRaw<string>("select table_name::text as \"Value\" from information_schema.tables where table_schema = 'public'").ToListAsync());

        Assert.Equal(Owners.Keys.Order(StringComparer.Ordinal), tables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_table_is_mapped_by_its_owner()
    {
        var mapped = await App.Query(db => Task.FromResult(db.Model.GetEntityTypes().Select(e => (e.ClrType, Table: e.GetTableName())).ToList()));

        Assert.Empty(from entity in mapped
                     let module = ModuleTests.ModuleOf(entity.ClrType)
                     where entity.Table is not null && module is not null && Owners[entity.Table] != module
                     select $"{entity.Table}: {entity.ClrType.Name} of {module}");
    }

    [Fact]
    public void Modules_write_their_own_tables_only() =>
        Assert.Empty(Sql().Where(s => s.Verb != "read" && Owners[s.Table] != s.Module && s.Module != "Demo" && !Exceptions.Contains((s.Module, s.Table)))
            .Select(s => $"{s.File}: {s.Module} writes {s.Table}").Distinct());

    [Fact]
    public void Modules_read_the_tables_of_those_they_know() =>
        Assert.Empty(Sql().Where(s => s.Verb == "read" && !ModuleTests.MayKnow(s.Module, Owners[s.Table]) && Owners[s.Table] is not ("Web" or "Data" or "Jobs"))
            .Select(s => $"{s.File}: {s.Module} reads {s.Table}").Distinct());

    [Fact]
    public void Modules_change_their_own_entities_only() =>
        Assert.Empty((from type in Compiled.Types
                      let module = ModuleTests.ModuleOf(type)
                      where module is not (null or "Demo")
                      from member in Compiled.MembersIn(type)
                      from entity in Changed(member)
                      let owner = ModuleTests.ModuleOf(entity)
                      where owner is not null && owner != module
                      select $"{type.FullName}: {module} changes {entity.Name}").Distinct());

    static Type[] Changed(MemberInfo member) => member switch
    {
        MethodInfo { Name: "ExecuteUpdateAsync" or "ExecuteDeleteAsync", IsGenericMethod: true } method => method.GetGenericArguments(),
        MethodInfo { Name: "Add" or "AddRange" or "Remove" or "RemoveRange" or "Update", DeclaringType: { IsGenericType: true } set }
            when set.GetGenericTypeDefinition() == typeof(DbSet<>) => set.GetGenericArguments(),
        _ => [],
    };

    static IEnumerable<(string File, string Module, string Table, string Verb)> Sql() =>
        from file in SourceFiles.In("src/VenueBooking", "*.cs")
        let relative = Path.GetRelativePath(Repository.Path("src/VenueBooking"), file)
        where relative.Contains('/', StringComparison.Ordinal)
        from Match match in Statement().Matches(File.ReadAllText(file))
        let table = match.Groups["table"].Value
        where Owners.ContainsKey(table)
        select (relative, relative.Split('/')[0], table, match.Groups["verb"].Value is "from" or "join" ? "read" : "write");

    [GeneratedRegex(@"\b(?<verb>insert into|update|delete from|from|join)\s+(?<table>[a-z_]+)\b")]
    private static partial Regex Statement();
}

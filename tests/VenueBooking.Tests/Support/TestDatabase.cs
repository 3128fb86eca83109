using Npgsql;

namespace VenueBooking.Tests.Support;

/// <summary>Empties a database between tests. DELETE beats TRUNCATE by far on tables that hold a few rows.</summary>
public sealed class TestDatabase
{
    readonly NpgsqlDataSource source;
    readonly string reset;

    TestDatabase(NpgsqlDataSource source, string reset) => (this.source, this.reset) = (source, reset);

    /// <summary>What the migrations themselves filled (roles, say) stays, and so do the keys a running host has in use.</summary>
    public static async Task<TestDatabase> ForAsync(NpgsqlDataSource source)
    {
        var emptied = new List<string>();
        foreach (var table in await TablesAsync(source))
        {
            await using var any = source.CreateCommand($"select exists (select 1 from {table})");
            if (table != "data_protection_keys" && await any.ExecuteScalarAsync() is false) emptied.Add(table);
        }
        var deletes = string.Join(";", emptied.Select(t => $"delete from {t}"));
        return new(source, $"set session_replication_role = replica;{deletes};set session_replication_role = origin");
    }

    public async Task ResetAsync()
    {
        await using var command = source.CreateCommand(reset);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<List<string>> TablesAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            select quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        return tables;
    }
}

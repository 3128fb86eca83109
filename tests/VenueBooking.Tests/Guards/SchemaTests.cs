using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace VenueBooking.Tests.Guards;

/// <summary>The schema is written in SQL and mapped by hand: the two must say the same.</summary>
public sealed class SchemaTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task The_model_matches_the_migrated_schema()
    {
        var database = await ColumnsAsync();

        var differences = await App.Query(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => e.GetTableName() is not null)
            .GroupBy(e => e.GetTableName()!)
            .SelectMany(table => Compare(table.Key, [.. table], database.GetValueOrDefault(table.Key)))
            .Order(StringComparer.Ordinal)
            .ToList()));

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    static IEnumerable<string> Compare(string table, List<IEntityType> entities, Dictionary<string, Column>? columns)
    {
        if (columns is null)
        {
            yield return $"{table}: no such table";
            yield break;
        }
        var mapped = entities.SelectMany(Mapped).DistinctBy(m => m.Name).ToList();
        foreach (var (name, type, nullable, isEnum) in mapped)
            if (!columns.TryGetValue(name, out var column))
                yield return $"{table}.{name}: no such column";
            else if (type != column.Type && !(isEnum && type == "text" && column.Type.StartsWith("character varying", StringComparison.Ordinal)))
                yield return $"{table}.{name}: {type} in the model, {column.Type} in the schema";
            else if (nullable != column.Nullable)
                yield return $"{table}.{name}: {Null(nullable)} in the model, {Null(column.Nullable)} in the schema";
        foreach (var (name, column) in columns)
            if (!column.Nullable && !column.HasDefault && mapped.All(m => m.Name != name))
                yield return $"{table}.{name}: the schema asks for it, the model does not know it";
    }

    static IEnumerable<(string Name, string Type, bool Nullable, bool IsEnum)> Mapped(IEntityType entity)
    {
        if (entity.IsMappedToJson())
        {
            yield return (entity.GetContainerColumnName()!, "jsonb", !entity.FindOwnership()!.IsRequiredDependent, false);
            yield break;
        }
        foreach (var property in entity.GetProperties())
            yield return (property.GetColumnName(), property.GetColumnType(), property.IsColumnNullable(), IsEnum(property));
    }

    static bool IsEnum(IProperty property) => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).IsEnum;

    static string Null(bool nullable) => nullable ? "nullable" : "not null";

    async Task<Dictionary<string, Dictionary<string, Column>>> ColumnsAsync()
    {
        var tables = new Dictionary<string, Dictionary<string, Column>>();
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull, a.attnum < 0 or a.atthasdef or a.attidentity <> ''
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p') and (a.attnum > 0 or a.attname = 'xmin') and not a.attisdropped
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            if (!tables.TryGetValue(reader.GetString(0), out var columns)) tables[reader.GetString(0)] = columns = [];
            columns[reader.GetString(1)] = new(reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4));
        }
        return tables;
    }

    sealed record Column(string Type, bool Nullable, bool HasDefault);
}

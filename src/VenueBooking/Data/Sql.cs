using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace VenueBooking.Data;

/// <summary>Plain SQL, for what is said better so than in LINQ.</summary>
public static class Sql
{
    /// <summary>Parameters by place: <c>$1</c>, <c>$2</c> …</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, params object?[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>The same, as a part of a batch.</summary>
    public static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>For the transaction it stands in: go by index, also where a plan is made while the table is small. It is kept, and the table grows.</summary>
    public const string ByIndex = "select set_config('enable_seqscan', 'off', true)";

    /// <summary>A length of time of ours, written into a statement: <c>interval '7200 seconds'</c>.</summary>
    public static string Interval(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"interval '{(long)span.TotalSeconds} seconds'");

    /// <summary>The transaction that is open on the context: what runs in it is one with what the context saves.</summary>
    public static NpgsqlTransaction InTransaction(this AppDb db) =>
        db.Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction ?? throw new InvalidOperationException("this is done inside a transaction only");

    public static async Task<List<T>> ReadAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    public static DateTimeOffset Instant(this NpgsqlDataReader row, int column) => new(row.GetDateTime(column));

    public static T? Optional<T>(this NpgsqlDataReader row, int column) where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static string? OptionalText(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

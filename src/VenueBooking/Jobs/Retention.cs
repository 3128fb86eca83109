using Npgsql;

namespace VenueBooking.Jobs;

/// <summary>Deletes in small bites what is past keeping: no long lock, no great transaction.</summary>
public sealed class Retention(NpgsqlDataSource database)
{
    const int Bite = 5000;

    /// <param name="table">A table with the given key.</param>
    /// <param name="key">Its primary key, as SQL.</param>
    /// <param name="condition">What is past keeping, with $1 for <paramref name="before"/>.</param>
    /// <param name="before">The instant before which it is.</param>
    /// <param name="ct">Stops between two bites.</param>
    /// <returns>How many rows went.</returns>
    public async Task<int> DeleteAsync(string table, string key, string condition, DateTimeOffset before, CancellationToken ct)
    {
        var all = 0;
        while (true)
        {
            await using var command = database.CreateCommand(
                $"delete from {table} where ({key}) in (select {key} from {table} where {condition} limit {Bite})");
            command.Parameters.Add(new() { Value = before });
            var gone = await command.ExecuteNonQueryAsync(ct);
            all += gone;
            if (gone < Bite) return all;
        }
    }

    /// <returns>How many rows are past keeping, and the oldest's instant.</returns>
    public async Task<Backlog> BacklogAsync(string table, string column, string condition, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select count(*), min({column}) from {table} where {condition}");
        command.Parameters.Add(new() { Value = before });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var oldest = await reader.IsDBNullAsync(1, ct) ? (DateTimeOffset?)null : await reader.GetFieldValueAsync<DateTimeOffset>(1, ct);
        return new((int)Math.Min(reader.GetInt64(0), int.MaxValue), oldest);
    }
}

using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Jobs;

/// <summary>How long a table keeps its rows.</summary>
/// <param name="Key">Its primary key, as SQL.</param>
/// <param name="Since">The column that says since when a row has been there.</param>
/// <param name="Only">Of which rows this is so, as SQL; null: of all.</param>
public sealed record Keeping(string Table, string Key, string Since, TimeSpan Kept, string? Only = null)
{
    internal string Past => $"{Since} < $1" + (Only is null ? "" : $" and {Only}");
}

/// <summary>Deletes what is past keeping.</summary>
public sealed class Retention(NpgsqlDataSource database, TimeProvider clock)
{
    const int Chunk = 5000;

    /// <returns>How many rows went.</returns>
    public Task<int> DeleteAsync(Keeping rows, CancellationToken ct) => database.DrainAsync(
        // Said twice, so that a row which changes at this moment is looked at once more.
        $"delete from {rows.Table} where ({rows.Key}) in (select {rows.Key} from {rows.Table} where {rows.Past} limit {Chunk}) and {rows.Past}",
        Chunk, clock.GetUtcNow() - rows.Kept, ct);

    public BacklogQuery Waiting(Keeping rows) =>
        new($"select count(*), min({rows.Since}) + {Sql.Interval(rows.Kept)} from {rows.Table} where {rows.Past}", clock.GetUtcNow() - rows.Kept);
}

using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Jobs;

/// <summary>Work on rows that are due, a chunk at a time: no long lock, no great transaction, and what a dying process had not finished is due again.</summary>
public static class DueRows
{
    /// <summary>Runs the statement until it finds less than a chunk.</summary>
    /// <param name="sql">Touches at most <paramref name="chunk"/> rows, with $1 for <paramref name="now"/>.</param>
    /// <returns>How many rows in all.</returns>
    public static async Task<int> DrainAsync(this NpgsqlDataSource database, string sql, int chunk, DateTimeOffset now, CancellationToken ct)
    {
        for (var all = 0; ;)
        {
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(new(Sql.ByIndex));
            batch.BatchCommands.Add(Sql.Command(sql, now));
            await batch.ExecuteNonQueryAsync(ct);
            var done = (int)batch.BatchCommands[1].RecordsAffected;
            all += done;
            if (done < chunk)
                return all;
        }
    }

    /// <param name="sql">Selects how many are due, and since when the oldest, with $1 for <paramref name="now"/>.</param>
    public static async Task<Backlog> BacklogAsync(this NpgsqlDataSource database, string sql, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql).With(now);
        return (await command.ReadAsync(row => new Backlog((int)Math.Min(row.GetInt64(0), int.MaxValue), row.Optional<DateTimeOffset>(1)), ct))[0];
    }
}

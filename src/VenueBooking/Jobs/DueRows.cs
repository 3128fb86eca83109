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

    /// <summary>All the questions in one go.</summary>
    public static async Task<IReadOnlyList<Backlog>> BacklogsAsync(this NpgsqlDataSource database, IEnumerable<BacklogQuery> asked, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        foreach (var (sql, at) in asked)
            batch.BatchCommands.Add(Sql.Command(sql, at));
        var backlogs = new List<Backlog>(batch.BatchCommands.Count);
        await using var answers = await batch.ExecuteReaderAsync(ct);
        do
        {
            await answers.ReadAsync(ct);
            backlogs.Add(new((int)Math.Min(answers.GetInt64(0), int.MaxValue), answers.Optional<DateTimeOffset>(1)));
        }
        while (await answers.NextResultAsync(ct));
        return backlogs;
    }
}

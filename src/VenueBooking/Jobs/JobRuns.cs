using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Jobs;

/// <summary>The journal of runs. Written on a connection of its own, so that a run which fails is still written down.</summary>
public sealed class JobRuns(NpgsqlDataSource database, TimeProvider clock)
{
    const int LongestError = 2000;

    public async Task<Guid> StartAsync(string job, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await using var command = database.CreateCommand("insert into job_runs (id, job, started_at) values ($1, $2, $3)").With(id, job, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
        return id;
    }

    public async Task EndAsync(Guid run, int? done, string? error, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update job_runs set ended_at = $2, done = $3, error = $4 where id = $1")
            .With(run, clock.GetUtcNow(), done, Cut(error));
        await command.ExecuteNonQueryAsync(ct);
    }

    // PostgreSQL takes no NUL in text, and a message may have been made of anything.
    static string? Cut(string? error)
    {
        var text = error?.Replace("\0", "", StringComparison.Ordinal);
        return text?.Length > LongestError ? text[..LongestError] : text;
    }
}

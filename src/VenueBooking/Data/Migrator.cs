using Npgsql;
using VenueBooking.Startup;

namespace VenueBooking.Data;

/// <summary>
/// Brings the database up to this binary. Forward only: each file runs once, in its own transaction, under an advisory
/// lock, so that any number of instances may start together.
/// </summary>
public sealed partial class Migrator(NpgsqlDataSource database, IReadOnlyList<Migration> migrations, ILogger<Migrator> log)
{
    // Any number will do as long as nobody else uses it: "venu" in ASCII.
    const long LockKey = 0x76656e75;

    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="StartupException">The journal and this binary do not agree, or a file failed.</exception>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (Pending(await ReadJournalAsync(connection, ct)) is null)
            return 0;
        var applied = 0;
        while (await ApplyNextAsync(connection, ct))
            applied++;
        return applied;
    }

    /// <summary>True when nothing is left to apply; throws when the journal and this binary do not agree.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return Pending(await ReadJournalAsync(connection, ct)) is null;
    }

    async Task<bool> ApplyNextAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({LockKey})", ct);
        await ExecuteAsync(connection, CreateJournal, ct);
        if (Pending(await ReadJournalAsync(connection, ct)) is not { } next)
            return false;
        try
        {
            await ExecuteAsync(connection, next.Sql, ct);
            await JournalAsync(connection, next, ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException error)
        {
            throw new StartupException(ExitCode.MigrationFailed,
                $"migration {next} failed and was rolled back: {error.SqlState} {error.MessageText}", error);
        }
        Applied(next);
        return true;
    }

    /// <summary>Compares what the database has seen with what this binary carries.</summary>
    Migration? Pending(IReadOnlyList<Entry> journal)
    {
        for (var i = 0; i < journal.Count; i++)
        {
            var entry = journal[i];
            if (entry.Number > migrations.Count)
                throw new StartupException(ExitCode.DatabaseNewer,
                    $"the database is newer than this program: it has migration {entry}, the program ends at {(migrations.Count > 0 ? migrations[^1] : "nothing")}; start the newer version");
            if (entry.Number != i + 1)
                throw new StartupException(ExitCode.MigrationChanged,
                    $"the database lacks migration {migrations[i]} but has {entry}: the numbering was changed after it was applied");
            if (entry.Name != migrations[i].Name || entry.Checksum != migrations[i].Checksum)
                throw new StartupException(ExitCode.MigrationChanged,
                    $"migration {entry} was applied and has been edited since (now {migrations[i]}): restore the file and write a new migration instead");
        }
        return journal.Count < migrations.Count ? migrations[journal.Count] : null;
    }

    static async Task<IReadOnlyList<Entry>> ReadJournalAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select number, name, checksum from schema_migrations order by number", connection);
        try
        {
            var entries = new List<Entry>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                entries.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
            return entries;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
    }

    static async Task JournalAsync(NpgsqlConnection connection, Migration done, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = done.Number }, new() { Value = done.Name }, new() { Value = done.Checksum } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    const string CreateJournal = """
        create table if not exists schema_migrations (
            number int primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        )
        """;

    sealed record Entry(int Number, string Name, string Checksum)
    {
        public override string ToString() => $"{Number:0000}_{Name}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Migration}")]
    partial void Applied(Migration migration);
}

using Npgsql;
using VenueBooking.Startup;

namespace VenueBooking.Data;

/// <summary>
/// Which PostgreSQL the service works on: the one of <c>ConnectionStrings:Default</c>, or, with nothing configured, a
/// private one under the data directory which this starts, watches over and stops.
/// </summary>
public sealed class DatabaseServer : IAsyncDisposable
{
    const string Database = "venuebooking";

    readonly DataDirectory directory;
    readonly EmbeddedPostgres? embedded;
    DataDirectoryLock? held;

    public DatabaseServer(IConfiguration configuration, DataDirectory directory, ILogger<EmbeddedPostgres> log)
    {
        this.directory = directory;
        if (configuration.GetConnectionString("Default") is { } configured && !string.IsNullOrWhiteSpace(configured))
        {
            ConnectionString = Checked(configured);
            return;
        }
        embedded = new(directory.Of("pg"), new(), log);
        ConnectionString = embedded.ConnectionString(Database);
    }

    public string ConnectionString { get; }

    /// <summary>True when nothing is configured and the server under the data directory is used.</summary>
    public bool IsEmbedded => embedded is not null;

    /// <param name="beside">A command may work beside a running service; a second service may not.</param>
    /// <exception cref="StartupException">Another service holds the data directory, or the server cannot start.</exception>
    public async Task StartAsync(bool beside = false, CancellationToken ct = default)
    {
        if (embedded is null)
            return;
        held = DataDirectoryLock.TryTake(directory);
        if (held is null)
        {
            if (beside && await embedded.AnswersAsync(Database, ct))
                return;
            throw new StartupException(ExitCode.AlreadyRunning,
                $"another VenueBooking (process {DataDirectoryLock.HolderOf(directory)}) uses {directory.Path}; stop it, or choose another VenueBooking:DataDir");
        }
        await embedded.StartAsync(Database, ct);
    }

    /// <summary>Starts the private server again if it died.</summary>
    /// <returns>True when it had to.</returns>
    public async Task<bool> ReviveAsync(CancellationToken ct = default)
    {
        if (embedded is null || held is null || embedded.IsAlive)
            return false;
        await embedded.StartAsync(Database, ct);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (embedded is null || held is null)
            return;
        await embedded.DisposeAsync();
        held.Dispose();
        held = null;
    }

    static string Checked(string configured)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(configured);
            if (string.IsNullOrWhiteSpace(builder.Host))
                throw new ArgumentException("it names no Host");
            return builder.ConnectionString;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw StartupProblems.Configuration($"ConnectionStrings:Default is not a connection string: {error.Message}", error);
        }
    }
}

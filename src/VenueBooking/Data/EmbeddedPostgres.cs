using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using VenueBooking.Startup;

namespace VenueBooking.Data;

/// <summary>
/// A private PostgreSQL server in a directory of ours: reached through a Unix socket only, in a directory only its owner
/// may enter. It outlives a killed service, and the next start takes it over.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>Where a cluster goes when root's chosen place cannot be reached by the account PostgreSQL runs under.</summary>
    const string ReachableRoot = "/var/lib/venuebooking";
    const int LongestSocketPath = 100;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string directory;
    readonly EmbeddedSettings settings;
    readonly ILogger log;
    PostgresOwner? owner;
    PostgresBinaries? binaries;
    string home;

    /// <param name="directory">Holds the cluster, its log and its socket.</param>
    public EmbeddedPostgres(string directory, EmbeddedSettings settings, ILogger log)
    {
        this.directory = home = Path.GetFullPath(directory);
        this.settings = settings;
        this.log = log;
    }

    string Cluster => Path.Combine(home, "data");
    string LogFile => Path.Combine(home, "log");
    string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>A socket's path has at most 107 bytes: a deep directory gets a short one elsewhere.</summary>
    string SocketDirectory
    {
        get
        {
            var near = Path.Combine(directory, "run");
            return Encoding.UTF8.GetByteCount(near + "/.s.PGSQL.5432") <= LongestSocketPath ? near
                : $"/tmp/venuebooking-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..16]}";
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketDirectory,
        Username = "postgres",
        Database = database,
        MaxPoolSize = 60,
        Timeout = 5,
        ApplicationName = "VenueBooking",
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Starts the server, or takes over the one that already runs there, and sees to it that the database exists.</summary>
    public async Task StartAsync(string database, CancellationToken ct = default)
    {
        await PrepareAsync();
        if (!IsAlive)
        {
            await InitialiseAsync();
            await LaunchAsync(ct);
        }
        await WaitForDatabaseAsync(database, ct);
    }

    /// <summary>
    /// Whether the server's main process lives. A process id in a file proves nothing: it may be a zombie or another
    /// program's by now. The main process works in its data directory and was told it on its command line; the former
    /// also holds after the directory was moved, the latter can be read without special rights.
    /// </summary>
    public bool IsAlive
    {
        get
        {
            try
            {
                var process = $"/proc/{File.ReadLines(PidFile).First().Trim()}";
                var stat = File.ReadAllText($"{process}/stat");
                var state = stat[stat.LastIndexOf(')') + 2];
                return state is not ('Z' or 'X') && (WorksIn(process) == Cluster
                    || File.ReadAllText($"{process}/cmdline").Split('\0').Contains(Cluster));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                return false;
            }
        }
    }

    static string? WorksIn(string process)
    {
        try
        {
            return new FileInfo($"{process}/cwd").LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the server runs and lets us in.</summary>
    public async Task<bool> AnswersAsync(string database, CancellationToken ct = default) =>
        await TryConnectAsync(database, ct) is null;

    public async ValueTask DisposeAsync()
    {
        if (owner is null || binaries is null || !IsAlive)
            return;
        var stopped = await owner.RunAsync(binaries.PgCtl, "-D", Cluster, "-m", "fast", "-w", "-t", "60", "stop");
        if (!stopped.Ok && IsAlive)
            StopFailed(stopped.Error);
        else if (Directory.Exists(SocketDirectory) && !IsInside(SocketDirectory, directory))
            Directory.Delete(SocketDirectory, recursive: true);
    }

    static bool IsInside(string path, string parent) => path.StartsWith(parent + "/", StringComparison.Ordinal);

    async Task WaitForDatabaseAsync(string database, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (await TryConnectAsync(database, ct) is { } error)
        {
            if (error is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName })
                await CreateDatabaseAsync(database, ct);
            else if (waited.Elapsed > Patience || !IsAlive)
                throw Problem($"PostgreSQL in {directory} does not answer: {error.Message}", error);
            else
                await Task.Delay(100, ct);
        }
    }

    async Task<Exception?> TryConnectAsync(string database, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
            await connection.OpenAsync(ct);
            return null;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return error;
        }
    }

    async Task CreateDatabaseAsync(string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var create = new NpgsqlCommand($"create database \"{database}\"", connection);
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Somebody else was quicker: that is as good.
        }
    }

    static StartupException Problem(string message, Exception? inner = null) =>
        new(ExitCode.EmbeddedServer, message.ReplaceLineEndings(" "), inner);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL did not stop: {Reason}")]
    partial void StopFailed(string reason);
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Tests.Support;

/// <summary>
/// One PostgreSQL per test process, in memory and without fsync. Databases are copied from a template that was migrated
/// once.
/// </summary>
public sealed class TestCluster
{
    const string Template = "template_venuebooking";
    const string Prefix = "venuebooking-tests-";
    const long SpaceNeeded = 1L << 30;

    static readonly Lazy<Task<TestCluster>> Shared = new(StartAsync);
    static int databases;
    // Held so that its pipe stays open for the life of this process.
    static Process? undertaker;

    readonly EmbeddedPostgres server;
    readonly string home;

    TestCluster(EmbeddedPostgres server, string home) => (this.server, this.home) = (server, home);

    public static Task<TestCluster> Instance => Shared.Value;

    /// <returns>The connection string of a new migrated database.</returns>
    public Task<string> CreateDatabaseAsync() => CreateAsync(Template);

    /// <returns>The connection string of a new database with nothing in it.</returns>
    public Task<string> CreateEmptyDatabaseAsync() => CreateAsync("template1");

    /// <returns>A directory that is deleted with the cluster.</returns>
    public string CreateDirectory() => Directory.CreateDirectory(Path.Combine(home, $"files_{Interlocked.Increment(ref databases)}")).FullName;

    async Task<string> CreateAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(Unpooled("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name} template {template} strategy file_copy", connection);
        await create.ExecuteNonQueryAsync();
        return server.ConnectionString(name) + ";Maximum Pool Size=40";
    }

    static async Task<TestCluster> StartAsync()
    {
        var home = Path.Combine(Root, $"{Prefix}{Environment.ProcessId}");
        var server = new EmbeddedPostgres(home, new(Volatile: true), NullLogger.Instance);
        await server.StartAsync(Template);
        ClearUpAfterwards(home);
        var cluster = new TestCluster(server, home);
        await using var source = NpgsqlDataSource.Create(cluster.Unpooled(Template));
        await new Migrator(source, Migration.FromAssembly(typeof(Migration).Assembly), NullLogger<Migrator>.Instance).RunAsync();
        return cluster;
    }

    string Unpooled(string database) => server.ConnectionString(database) + ";Pooling=false";

    /// <summary>
    /// A test process may be killed at any time, and usually is once its last test is done. So a shell waits for its end
    /// (the pipe to it closes), then stops the server and deletes what it wrote.
    /// </summary>
    static void ClearUpAfterwards(string home)
    {
        const string script = """
            exec >/dev/null 2>&1
            cat
            server=$(head -n 1 "$1/data/postmaster.pid")
            kill -QUIT "$server"
            while kill -0 "$server"; do sleep 0.1; done
            rm -rf "$1"
            """;
        undertaker = Process.Start(new ProcessStartInfo("setsid", ["--fork", "sh", "-c", script, "sh", home])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        });
        GC.KeepAlive(undertaker);
    }

    static string Root => Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > SpaceNeeded
        ? "/dev/shm"
        : Path.GetTempPath();
}

using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Load;

/// <summary>
/// What is measured and what it is measured against: a Release build published with ReadyToRun, a PostgreSQL with its
/// default durability, and this process, all on the same machine over loopback.
/// </summary>
sealed class Bench : IAsyncDisposable
{
    const string Database = "load";
    // A gigabyte, in files of 16 MB.
    const int LogFiles = 64;

    readonly EmbeddedPostgres postgres;
    readonly string directory, published;

    Bench(EmbeddedPostgres postgres, string directory, string published, Settings settings) =>
        (this.postgres, this.directory, this.published, Settings) = (postgres, directory, published, settings);

    public Settings Settings { get; }
    public Service Service { get; private set; } = null!;
    public string ConnectionString => postgres.ConnectionString(Database);
    public string[] Tokens { get; private set; } = [];

    public static async Task<int> RunAsync(string name, string[] arguments, Func<Bench, Task<Report>> measure)
    {
        var root = RepositoryRoot();
        var published = await PublishAsync(root);
        // One that other accounts may pass through: PostgreSQL runs under one of its own when we are root.
        var directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"venuebooking-load-{Guid.CreateVersion7():N}")).FullName;
        await using var bench = new Bench(
            new EmbeddedPostgres(Path.Combine(directory, "pg"), new EmbeddedSettings(), NullLogger.Instance), directory, published, Settings.Parse(name, arguments));
        await bench.PrepareAsync();
        var report = await measure(bench);
        report.Print();
        report.Write(Path.Combine(root, "artifacts", "load", name + ".json"));
        return report.Held ? 0 : 1;
    }

    async Task PrepareAsync()
    {
        await postgres.StartAsync(Database);
        await CommandAsync("migrate");
        await CommandAsync("seed", "demo", "--members", $"{Settings.Members * (Settings.Name is "sweeps" ? 2 : 1)}");
        Tokens = (await CommandAsync("tokens", "--members", $"{Settings.Members}")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Service = new Service(Serve());
        await Service.StartAsync();
    }

    /// <summary>A demo member's worth of slots: as many exclusive courts and hours as wanted, open to book now.</summary>
    public async Task<string[]> MakeSlotsAsync(int count, int capacity = 1)
    {
        await using var connection = await OpenAsync();
        await using var insert = new NpgsqlCommand(Sql.MakeSlots, connection) { Parameters = { new() { Value = count }, new() { Value = capacity } }, CommandTimeout = 300 };
        var ids = new List<string>();
        await using var reader = await insert.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            ids.Add(reader.GetGuid(0).ToString());
        return [.. ids];
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// A database that has been in use for years: its past is there, and the server has long since done what loading it all at
    /// once leaves to be done, which would otherwise run beside the first minutes of what is measured.
    /// </summary>
    public async Task AgeAsync()
    {
        if (Settings.History > 0)
            await ExecuteAsync(Sql.History(Settings.History));
        await ExecuteAsync("vacuum analyze");
        await KeepLogFilesAsync();
        await ExecuteAsync("checkpoint");
    }

    /// <summary>
    /// A server in use writes over log files it has kept, as many as docs/operations.md has it keep. A new one must make each
    /// of them first, and everybody who commits waits for that.
    /// </summary>
    async Task KeepLogFilesAsync()
    {
        await ExecuteAsync("alter system set min_wal_size = '1GB'");
        await ExecuteAsync("select pg_reload_conf()");
        await using var connection = await OpenAsync();
        for (var file = 0; file < LogFiles; file++)
        {
            await using var next = new NpgsqlCommand("select pg_logical_emit_message(false, 'load', ''), pg_switch_wal()", connection);
            await next.ExecuteNonQueryAsync();
        }
    }

    /// <summary>As if nobody had booked: also the dead rows are gone, which the next round would only have to step over.</summary>
    public async Task ForgetBookingsAsync()
    {
        await ExecuteAsync(Sql.Forget);
        await ExecuteAsync("vacuum bookings, slots, outbox");
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<string?> TextAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string;
    }

    public Task RestartDatabaseAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return postgres.StartAsync(Database);
    }

    /// <summary>The id of the server's main process, for the crash test.</summary>
    public async Task<int> DatabaseProcessAsync() => (int)await CountAsync(
        "select (regexp_match(pg_read_file('postmaster.pid'), '^\\d+'))[1]::int");

    /// <summary>What service, database (its server and all its backends) and this process have used so far.</summary>
    public async Task<ProcessorUse> ProcessorAsync() =>
        new(Service.ProcessorTime, ProcessorUse.OfTree(await DatabaseProcessAsync()), Environment.CpuUsage.TotalTime);

    /// <summary>As it runs where it is used, but for the limits on how often one address may ask: all of ours is one.</summary>
    ProcessStartInfo Serve()
    {
        var start = Start();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var limit in RateLimits.All)
            start.Environment[$"RateLimits__{limit}__Permits"] = "100000000";
        return start;
    }

    ProcessStartInfo Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(published, "VenueBooking.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = published,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:5099";
        start.Environment["ConnectionStrings__Default"] = ConnectionString;
        start.Environment["VenueBooking__DataDir"] = Path.Combine(directory, "data");
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return start;
    }

    async Task<string> CommandAsync(params string[] arguments)
    {
        using var process = Process.Start(Start(arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    /// <summary>A build that is there already can be named in <c>VENUEBOOKING_PUBLISHED</c>, to measure the same one again.</summary>
    static async Task<string> PublishAsync(string root)
    {
        if (Environment.GetEnvironmentVariable("VENUEBOOKING_PUBLISHED") is { Length: > 0 } published)
            return published;
        var output = Path.Combine(root, "artifacts", "publish");
        using var process = Process.Start("dotnet",
        [
            "publish", Path.Combine(root, "src", "VenueBooking"), "-c", "Release", "-r", "linux-x64", "--self-contained", "false",
            "-p:PublishReadyToRun=true", "-p:NuGetLockFilePath=obj/publish.lock.json", "-v", "q", "-nologo", "-o", output,
        ]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException("publishing failed");
    }

    static string RepositoryRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "VenueBooking.sln")))
                return d.FullName;
        throw new InvalidOperationException("run it from the repository");
    }

    public async ValueTask DisposeAsync()
    {
        Service?.Stop();
        await postgres.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Data;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    const string Database = "cats";

    readonly string home = Temporary.Directory();
    readonly List<EmbeddedPostgres> servers = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task A_start_makes_a_server_that_a_second_start_takes_over_and_a_kill_does_not_hurt()
    {
        var first = Server("pg");
        await first.StartAsync(Database);
        await Execute(first, "create table cats (name text); insert into cats values ('Mimi')");

        // The service was killed: its server lives on, and the next start adopts it.
        var process = PostmasterOf("pg");
        var second = Server("pg");
        await second.StartAsync(Database);
        Assert.Equal(process, PostmasterOf("pg"));

        // PostgreSQL was killed: what was committed is there after the next start.
        Kill(process);
        Assert.False(second.IsAlive);
        await second.StartAsync(Database);
        Assert.True(second.IsAlive);
        Assert.Equal("Mimi", await Execute(second, "select name from cats"));

        await second.DisposeAsync();
        Assert.False(second.IsAlive);
    }

    [Fact]
    public async Task A_directory_too_deep_for_a_socket_and_a_process_id_used_by_another_program_do_not_hurt()
    {
        var deep = Path.Combine("deep", new string('深', 30), "路 径");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(home, deep))!);
        var server = Server(deep);
        await server.StartAsync(Database);
        await server.DisposeAsync();

        var pidFile = Path.Combine(home, deep, "data", "postmaster.pid");
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n");
        Assert.False(server.IsAlive);

        await server.StartAsync(Database);
        Assert.Equal(1, await Execute(server, "select 1"));
    }

    EmbeddedPostgres Server(string directory)
    {
        var server = new EmbeddedPostgres(Path.Combine(home, directory), new(), NullLogger.Instance);
        servers.Add(server);
        return server;
    }

    int PostmasterOf(string directory) => int.Parse(
        File.ReadLines(Path.Combine(home, directory, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    static void Kill(int process)
    {
        Process.GetProcessById(process).Kill();
        // Gone, or a zombie where nobody reaps it.
        while (File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal))
            Thread.Sleep(20);
    }

    static async Task<object?> Execute(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString(Database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

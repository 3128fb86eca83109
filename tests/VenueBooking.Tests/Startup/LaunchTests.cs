using System.Net;
using System.Net.Sockets;
using Npgsql;
using VenueBooking.Startup;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Startup;

/// <summary>What an operator sees when a start cannot work: one line, an exit code of its own, no stack trace.</summary>
public sealed class LaunchTests : IDisposable
{
    readonly string data = Temporary.Directory();
    readonly string address = ServiceProcess.FreeAddress();

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public Task An_unreachable_database() =>
        Fails(ExitCode.DatabaseUnreachable, "Connection refused", "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=3");

    [Fact]
    public Task A_connection_string_that_is_none() => Fails(ExitCode.BadConfiguration, "ConnectionStrings:Default", "Hst=nowhere");

    [Fact]
    public async Task A_database_that_does_not_exist()
    {
        var other = new NpgsqlConnectionStringBuilder(await Database()) { Database = "nobody_made_it" };
        await Fails(ExitCode.DatabaseUnreachable, "nobody_made_it", other.ConnectionString);
    }

    [Fact]
    public async Task A_database_newer_than_the_program()
    {
        var database = await Database();
        await Execute(database, "insert into schema_migrations (number, name, checksum) values (9999, 'tomorrow', 'x')");
        await Fails(ExitCode.DatabaseNewer, "9999_tomorrow", database);
    }

    [Fact]
    public async Task An_edited_migration()
    {
        var database = await Database();
        await Execute(database, "update schema_migrations set checksum = 'other' where number = 1");
        await Fails(ExitCode.MigrationChanged, "0001_accounts", database);
    }

    [Fact]
    public async Task A_taken_port()
    {
        using var other = new TcpListener(IPAddress.Loopback, new Uri(address).Port);
        other.Start();
        await Fails(ExitCode.PortTaken, "already in use", await Database());
    }

    [Theory, InlineData("nonsense"), InlineData("http://localhost:99999"), InlineData("http://192.0.2.1:5080")]
    public async Task An_address_that_cannot_be_listened_on(string unusable)
    {
        using var service = ServiceProcess.Start(data, unusable, await Database());
        await Fails(service, ExitCode.BadConfiguration, "address");
    }

    [Fact]
    public async Task A_proxy_that_is_no_address()
    {
        using var service = ServiceProcess.Start(data, address, null, "serve", "--Site:Proxies=proxy.local");
        await Fails(service, ExitCode.BadConfiguration, "Site:Proxies names addresses and networks (10.1.2.3, 10.0.0.0/8), and 'proxy.local' is neither");
    }

    [Fact]
    public async Task An_unknown_command()
    {
        using var service = ServiceProcess.Start(data, address, null, "dance");
        await Fails(service, ExitCode.Usage, "unknown command 'dance'; known: serve, ");
    }

    [Fact]
    public async Task Help_says_the_commands_and_starts_nothing()
    {
        using var service = ServiceProcess.Start(data, address, null, "--help");

        Assert.Equal((0, ""), await service.EndAsync());
        Assert.Contains("  seed demo [--members N]", await service.OutputAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data, "pg")));
    }

    [Fact]
    public async Task Migrate_ends_by_itself_on_a_current_database()
    {
        using var service = ServiceProcess.Start(data, address, await Database(), "migrate");

        Assert.Equal((0, ""), await service.EndAsync());
        Assert.Contains("up to date", await service.OutputAsync(), StringComparison.Ordinal);
    }

    async Task Fails(ExitCode code, string words, string connectionString)
    {
        using var service = ServiceProcess.Start(data, address, connectionString);
        await Fails(service, code, words);
    }

    static async Task Fails(ServiceProcess service, ExitCode code, string words)
    {
        var (exitCode, errors) = await service.EndAsync();

        Assert.Equal(code, (ExitCode)exitCode);
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n'));
        Assert.StartsWith("VenueBooking: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", await service.OutputAsync(), StringComparison.Ordinal);
    }

    static async Task<string> Database() => await (await TestCluster.Instance).CreateDatabaseAsync();

    static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Startup;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Data;

public sealed class MigratorTests : IAsyncLifetime
{
    static readonly Migration Cats = Migration.Parse("0001_cats.sql", "create table cats (name text); insert into cats values ('Mimi');");
    static readonly Migration Dogs = Migration.Parse("0002_dogs.sql", "create table dogs (name text);");

    NpgsqlDataSource database = null!;

    public async Task InitializeAsync() =>
        database = NpgsqlDataSource.Create(await (await TestCluster.Instance).CreateEmptyDatabaseAsync());

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Migrations_are_applied_in_order_once_and_journalled_with_their_checksum()
    {
        Assert.Equal(2, await Of(Cats, Dogs).RunAsync());
        Assert.Equal(0, await Of(Cats, Dogs).RunAsync());

        Assert.Equal(1L, await Scalar("select count(*) from cats"));
        Assert.Equal($"1 cats {Cats.Checksum}", await Scalar("select number || ' ' || name || ' ' || checksum from schema_migrations where number = 1"));
    }

    [Fact]
    public async Task Only_what_is_new_is_applied_to_a_database_that_has_the_rest()
    {
        await Of(Cats).RunAsync();

        Assert.Equal(1, await Of(Cats, Dogs).RunAsync());
    }

    [Fact]
    public async Task Many_services_that_start_at_once_apply_everything_exactly_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Of(Cats, Dogs).RunAsync())));

        Assert.Equal(2, applied.Sum());
        Assert.Equal(1L, await Scalar("select count(*) from cats"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_of_itself_and_keeps_those_before()
    {
        var broken = Migration.Parse("0002_broken.sql", "create table half (id int); select 1/0;");

        var error = await Assert.ThrowsAsync<StartupException>(() => Of(Cats, broken).RunAsync());

        Assert.Equal(ExitCode.MigrationFailed, error.Code);
        Assert.Contains("0002_broken", error.Message, StringComparison.Ordinal);
        Assert.Equal(DBNull.Value, await Scalar("select to_regclass('half')::text"));
        Assert.Equal(1L, await Scalar("select count(*) from schema_migrations"));
    }

    [Fact]
    public async Task An_edited_migration_stops_the_start_and_is_named()
    {
        await Of(Cats, Dogs).RunAsync();
        var edited = Migration.Parse("0001_cats.sql", "create table cats (name varchar(9));");

        var error = await Assert.ThrowsAsync<StartupException>(() => Of(edited, Dogs).RunAsync());

        Assert.Equal(ExitCode.MigrationChanged, error.Code);
        Assert.Contains("0001_cats was applied and has been edited", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_ends_do_not_count_as_an_edit()
    {
        await Of(Migration.Parse("0001_cats.sql", "create table cats\n(name text);")).RunAsync();

        Assert.Equal(0, await Of(Migration.Parse("0001_cats.sql", "create table cats\r\n(name text);")).RunAsync());
    }

    [Fact]
    public async Task A_database_newer_than_the_program_stops_the_start()
    {
        await Of(Cats, Dogs).RunAsync();

        var error = await Assert.ThrowsAsync<StartupException>(() => Of(Cats).RunAsync());

        Assert.Equal(ExitCode.DatabaseNewer, error.Code);
    }

    [Fact]
    public async Task A_journal_with_a_hole_stops_the_start()
    {
        await Of(Cats, Dogs).RunAsync();
        await Scalar("delete from schema_migrations where number = 1");

        var error = await Assert.ThrowsAsync<StartupException>(() => Of(Cats, Dogs).RunAsync());

        Assert.Equal(ExitCode.MigrationChanged, error.Code);
    }

    [Theory]
    [InlineData("1_cats.sql"), InlineData("cats.sql"), InlineData("00001_cats.sql"), InlineData("-001_cats.sql")]
    public void A_file_that_is_not_numbered_with_four_digits_stops_the_start(string name) =>
        Assert.Equal(ExitCode.MigrationChanged, Assert.Throws<StartupException>(() => Migration.Parse(name, "")).Code);

    [Fact]
    public void Numbers_with_a_gap_or_a_double_stop_the_start()
    {
        var third = Migration.Parse("0003_birds.sql", "");

        Assert.Throws<StartupException>(() => Migration.RequireSequence([Cats, third]));
        Assert.Throws<StartupException>(() => Migration.RequireSequence([Cats, Cats, Dogs]));
        Assert.Throws<StartupException>(() => Migration.RequireSequence([Dogs]));
    }

    Migrator Of(params Migration[] migrations) => new(database, migrations, NullLogger<Migrator>.Instance);

    async Task<object?> Scalar(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

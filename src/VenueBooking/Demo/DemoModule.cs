using Npgsql;
using VenueBooking.Data;
using VenueBooking.Shared;
using VenueBooking.Startup;

namespace VenueBooking.Demo;

/// <summary>An invented district to look around in. Refused outside Development unless forced.</summary>
public static class DemoModule
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddScoped<DemoPeople>().AddScoped<DemoInventory>().AddScoped<DemoUse>().AddScoped<DemoSeeder>()
        .AddSingleton<DemoTraces>().AddSingleton<DemoWish>()
        .AddTransient<ICommand, SeedCommand>()
        .AddTransient<IStartupTask, SeedOnce>()
        .AddTransient<IStartupTask, SayDemo>();
}

/// <summary>What a start asks of the database about the demo, in plain SQL: it does not wait for the context's model.</summary>
sealed class DemoTraces(NpgsqlDataSource database)
{
    public Task<bool> AnyVenueAsync(CancellationToken ct) => AnyAsync("venues", ct);

    public Task<bool> AnyPersonAsync(CancellationToken ct) => AnyAsync("users", ct);

    async Task<bool> AnyAsync(string table, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select exists (select from {table} where is_demo)");
        return await command.ExecuteScalarAsync(ct) is true;
    }
}

/// <summary>Whether a start shall fill an empty database: in Development, with nothing configured or <c>Demo:Seed</c>.</summary>
sealed class DemoWish(IHostEnvironment environment, IConfiguration configuration, DatabaseServer server)
{
    public bool AtStart => environment.IsDevelopment() && configuration.GetValue("Demo:Seed", server.IsEmbedded);
}

/// <summary>The first start fills the database, where that is wished, and every start says who may sign in.</summary>
sealed class SeedOnce(DemoWish wish, DemoTraces traces, DemoSeeder seeder, Greeting greeting) : IStartupTask
{
    public async Task RunAsync(CancellationToken ct)
    {
        if (!wish.AtStart)
            return;
        if (!await traces.AnyVenueAsync(ct))
            await seeder.SeedAsync(ct);
        greeting.Add("Demo accounts (invented data), password Venue-Demo-2026:");
        greeting.Add("  worker@demo.example  officer@demo.example  staff@demo.example  desk@demo.example  admin@demo.example");
    }
}

/// <summary>Where demo people live in the database, every page says so.</summary>
sealed class SayDemo(DemoTraces traces, DemoMode mode) : IStartupTask
{
    public async Task RunAsync(CancellationToken ct) => mode.IsOn = await traces.AnyPersonAsync(ct);
}

/// <summary><c>seed demo [--members N] [--force]</c></summary>
sealed class SeedCommand(DemoSeeder seeder, IHostEnvironment environment) : ICommand
{
    public string Name => "seed";
    public string Usage => "demo [--members N] [--force]";

    public async Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        var members = Parse(arguments, out var forced);
        if (!environment.IsDevelopment() && !forced)
            throw new StartupException(ExitCode.Usage, "demo data is for Development; give --force to put it into this database all the same");
        Console.WriteLine(await seeder.SeedAsync(ct) ? "The demo is in." : "The demo was in already.");
        if (members > 0)
            Console.WriteLine($"{await seeder.AddMembersAsync(members, ct)} members added.");
        return 0;
    }

    static int Parse(string[] arguments, out bool forced)
    {
        forced = arguments.Contains("--force");
        var rest = arguments.Where(a => a != "--force").ToArray();
        return rest switch
        {
            ["demo"] => 0,
            ["demo", "--members", var n] when int.TryParse(n, out var count) && count is > 0 and <= 99_999 => count,
            _ => throw new StartupException(ExitCode.Usage, "usage: seed demo [--members N] [--force], N from 1 to 99999"),
        };
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Tests.Support;
using VenueBooking.Web;

namespace VenueBooking.Tests;

/// <summary>
/// The whole service in this process, on a database of its own, with its clock in the test's hand. Only what lies outside
/// (SMTP, other people's servers) is faked. Hosts are kept warm and lent to one test class at a time.
/// </summary>
public sealed class App : WebApplicationFactory<Program>
{
    static readonly ConcurrentBag<App> Idle = [];

    readonly string connectionString;
    readonly string dataDirectory;
    readonly Action<IServiceCollection>? configure;
    readonly bool live;
    TestDatabase? database;

    App(string connectionString, string dataDirectory, bool live, Action<IServiceCollection>? configure)
    {
        (this.connectionString, this.dataDirectory, this.live, this.configure) = (connectionString, dataDirectory, live, configure);
        if (live) UseKestrel(0);
        else ClientOptions.BaseAddress = new("https://localhost");
    }

    public TestClock Clock { get; } = new();
    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();
    /// <summary>Where a live host listens.</summary>
    public Uri Address => ClientOptions.BaseAddress;
    public Make Make => new(this);

    /// <summary>A host for one test class. Give it back with <see cref="Return"/>.</summary>
    public static async Task<App> RentAsync() => Idle.TryTake(out var warm) ? warm : await StartAsync();

    public static void Return(App app) => Idle.Add(app);

    /// <summary>A host of one's own, for a test that must change its services. Dispose it.</summary>
    public static Task<App> StartAsync(Action<IServiceCollection>? configure = null) => StartAsync(live: false, configure);

    /// <summary>A host for real browsers: it listens on a free port, and its clock is the machine's.</summary>
    public static Task<App> StartLiveAsync() => StartAsync(live: true, null);

    /// <summary>A host on a server of the test's own.</summary>
    public static async Task<App> StartOnAsync(string connectionString, Action<IServiceCollection>? configure = null)
    {
        var app = new App(connectionString, (await TestCluster.Instance).CreateDirectory(), live: false, configure);
        app.database = await TestDatabase.ForAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
        return app;
    }

    /// <summary>A second instance of the service on this one's database. Dispose it.</summary>
    public Task<App> StartBesideAsync(Action<IServiceCollection>? configure = null) => StartOnAsync(connectionString, configure);

    static async Task<App> StartAsync(bool live, Action<IServiceCollection>? configure)
    {
        var cluster = await TestCluster.Instance;
        var app = new App(await cluster.CreateDatabaseAsync(), cluster.CreateDirectory(), live, configure);
        if (live) app.StartServer();
        app.database = await TestDatabase.ForAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
        return app;
    }

    /// <summary>As if nothing had happened yet: no rows, nothing cached, Monday morning.</summary>
    public async Task ResetAsync()
    {
        await database!.ResetAsync();
        if (Services.GetService<IMemoryCache>() is MemoryCache cache) cache.Clear();
        Clock.Set(TestClock.Monday);
    }

    /// <summary>Somebody with a browser who is not signed in.</summary>
    public Visitor Visitor(string language = "zh-CN") => new(this, language);

    /// <summary>Somebody with a browser who has signed in.</summary>
    /// <param name="twoFactor">Whether they gave a second factor, as staff must.</param>
    public async Task<Visitor> SignedInAs(AppUser user, string language = "zh-CN", bool twoFactor = true)
    {
        var visitor = Visitor(language);
        visitor.Cookies.Add(await Tickets.CookieAsync(this, user, twoFactor));
        return visitor;
    }

    /// <summary>A program that speaks to the API, as a member or as nobody.</summary>
    /// <param name="twoFactor">Whether they gave a second factor, as staff must.</param>
    public async Task<ApiClient> ApiAs(AppUser? user, string language = "zh-CN", bool twoFactor = true) =>
        new(this, user is null ? null : await Tickets.BearerAsync(this, user, twoFactor), language);

    /// <summary>Looks at the database as the service sees it.</summary>
    public async Task<T> Query<T>(Func<AppDb, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    /// <summary>Uses a service of the house in a scope of its own: runs a job, say.</summary>
    public async Task<T> With<TService, T>(Func<TService, Task<T>> use) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>One value straight from SQL, with <c>$1</c> … for the arguments.</summary>
    public async Task<T> Scalar<T>(string sql, params object[] arguments)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var argument in arguments) command.Parameters.Add(new() { Value = argument });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>SQL that changes something, with <c>$1</c> … for the arguments.</summary>
    public async Task<int> Execute(string sql, params object[] arguments)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var argument in arguments) command.Parameters.Add(new() { Value = argument });
        return await command.ExecuteNonQueryAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseContentRoot(Repository.Path("src/VenueBooking"));
        builder.UseStaticWebAssets();
        builder.UseSetting("ConnectionStrings:Default", connectionString);
        builder.UseSetting("VenueBooking:DataDir", dataDirectory);
        // Tests run jobs themselves, when they want them.
        builder.UseSetting("Jobs:Enabled", "false");
        // A test sees what it has just made.
        builder.UseSetting("Bookings:CacheMilliseconds", "0");
        // All tests come from one address; those about limits set their own.
        foreach (var limit in RateLimits.All) builder.UseSetting($"RateLimits:{limit}:Permits", "1000000");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureServices(services =>
        {
            if (!live) services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            configure?.Invoke(services);
        });
    }
}

/// <summary>Lends a warm host to a test class.</summary>
public sealed class AppLease : IAsyncLifetime
{
    public App App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await App.RentAsync();

    public Task DisposeAsync()
    {
        App.Return(App);
        return Task.CompletedTask;
    }
}

/// <summary>
/// Base of every test that goes through the service: <c>public sealed class SignInTests(AppLease lease) : AppTest(lease)</c>.
/// Each test finds an empty database.
/// </summary>
public abstract class AppTest(AppLease lease) : IClassFixture<AppLease>, IAsyncLifetime
{
    protected App App => lease.App;
    protected Make Make => lease.App.Make;
    protected TestClock Clock => lease.App.Clock;

    public virtual Task InitializeAsync() => App.ResetAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;
}

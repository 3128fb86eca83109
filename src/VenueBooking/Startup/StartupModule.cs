namespace VenueBooking.Startup;

public static class StartupModule
{
    const string DefaultAddress = "http://localhost:5080";

    /// <summary>What every start needs: a place for data, commands, health, telemetry, quiet failure.</summary>
    public static WebApplicationBuilder AddStartup(this WebApplicationBuilder builder, string[] arguments)
    {
        var services = builder.Services;
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<Greeting>();
        services.AddTransient<ICommand, MigrateCommand>();
        services.AddTransient<ICommand, ImportCommand>();
        services.AddHealth();
        services.AddTelemetry(builder.Configuration);
        if (!IsAddressConfigured(builder.Configuration))
            builder.WebHost.UseUrls(DefaultAddress);
        builder.Logging.AddStartupFilter(services);
        // What a command prints is its answer, for a pipe perhaps: the log goes beside it.
        if (CommandLine.NameOf(arguments) != CommandLine.Serve)
            builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }

    static bool IsAddressConfigured(ConfigurationManager configuration) =>
        new[] { "urls", "http_ports", "https_ports" }.Any(key => !string.IsNullOrWhiteSpace(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}

/// <summary>Whether the service has come up. Before that, failures are told in one line and not also logged with a trace.</summary>
sealed class StartupPhase
{
    static readonly string[] Talkers =
    [
        "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting.Diagnostics",
    ];

    /// <summary>What goes wrong there is thrown as well, and told by whoever catches it.</summary>
    static readonly string[] ToldTwice =
    [
        "Npgsql.Connection", "Npgsql.Command",
        "Microsoft.EntityFrameworkCore.Database.Connection", "Microsoft.EntityFrameworkCore.Database.Command",
        "Microsoft.EntityFrameworkCore.Database.Transaction", "Microsoft.EntityFrameworkCore.Query", "Microsoft.EntityFrameworkCore.Update",
    ];

    public volatile bool IsOver;

    public void Filter(ILoggingBuilder logging)
    {
        foreach (var category in Talkers)
            logging.AddFilter(category, level => level >= LogLevel.Warning && (IsOver || level < LogLevel.Error));
        foreach (var category in ToldTwice)
            logging.AddFilter(category, level => level == LogLevel.Warning);
    }
}

static class StartupLogging
{
    public static void AddStartupFilter(this ILoggingBuilder logging, IServiceCollection services)
    {
        var phase = new StartupPhase();
        services.AddSingleton(phase);
        phase.Filter(logging);
    }
}

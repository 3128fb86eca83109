using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace VenueBooking.Data;

public static class DataModule
{
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseServer>();
        services.AddSingleton(Migration.FromAssembly(typeof(Migration).Assembly));
        services.AddSingleton<Migrator>().AddSingleton<Listener>();
        services.AddHostedService<DatabaseWatch>();
        services.AddExceptionHandler<DatabaseDown>();
        services.AddSingleton(sp => new NpgsqlDataSourceBuilder(sp.GetRequiredService<DatabaseServer>().ConnectionString) { ConnectionStringBuilder = { MaxAutoPrepare = 100, AutoPrepareMinUsages = 3 } }
            .UseLoggerFactory(sp.GetRequiredService<ILoggerFactory>()).Build());
        services.AddDbContextPool<AppDb>((sp, options) => options.UseNpgsql(sp.GetRequiredService<NpgsqlDataSource>()));
        return services;
    }

    /// <summary>
    /// Begins to make the context's model beside what the caller does next: it is the longest part of a start and needs no
    /// database. Whoever asks the context for anything meanwhile waits for this one.
    /// </summary>
    public static void BeginModel(this IServiceProvider services) => _ = Task.Run(async () =>
    {
        await using var scope = services.CreateAsyncScope();
        _ = scope.ServiceProvider.GetRequiredService<AppDb>().Model;
    });

    /// <summary>The name of the constraint a statement broke, or null: how a race that was lost becomes a refusal.</summary>
    public static string? BrokenConstraint(this Exception e) =>
        (e as PostgresException ?? e.InnerException as PostgresException) is
        { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation } broken
            ? broken.ConstraintName
            : null;
}

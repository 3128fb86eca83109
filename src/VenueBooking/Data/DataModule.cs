using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace VenueBooking.Data;

public static class DataModule
{
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddSingleton(sp =>
        {
            var text = sp.GetRequiredService<IConfiguration>().GetConnectionString("Default")
                ?? throw new InvalidOperationException("ConnectionStrings:Default is not set");
            return new NpgsqlDataSourceBuilder(text).UseLoggerFactory(sp.GetRequiredService<ILoggerFactory>()).Build();
        });
        services.AddDbContextPool<AppDb>((sp, options) => options.UseNpgsql(sp.GetRequiredService<NpgsqlDataSource>()));
        return services;
    }

    /// <summary>The name of the constraint a statement broke, or null: how a race that was lost becomes a refusal.</summary>
    public static string? BrokenConstraint(this Exception e) =>
        (e as PostgresException ?? e.InnerException as PostgresException) is
        { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation } broken
            ? broken.ConstraintName
            : null;
}

using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using VenueBooking.Web;

namespace VenueBooking.Data;

/// <summary>A database that is away for a moment is not a defect: 503, "try again shortly".</summary>
sealed partial class DatabaseDown(Texts texts, ILogger<DatabaseDown> log) : IExceptionHandler
{
    static readonly Refusal DatabaseAway = new("database_away", null, StatusCodes.Status503ServiceUnavailable);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsAway(exception)) return false;
        Away(exception.GetBaseException().Message);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "5";
        // The request's own path is that of the error page by now.
        PathString asked = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (!asked.StartsWithSegments("/api")) return false;
        await texts.Problem(DatabaseAway).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Whether the error says that the server is away, as against: it refused this statement.</summary>
    public static bool IsAway(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            if (error is PostgresException refused)
                return refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
                    || refused.SqlState.StartsWith("08", StringComparison.Ordinal);
            else if (error is NpgsqlException { InnerException: SocketException or IOException or TimeoutException })
                return true;
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Reason}")]
    partial void Away(string reason);
}

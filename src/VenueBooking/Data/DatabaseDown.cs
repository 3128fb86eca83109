using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using VenueBooking.Web;

namespace VenueBooking.Data;

/// <summary>A database that is away for a moment is not a defect: 503, "try again shortly".</summary>
sealed partial class DatabaseDown(Texts texts, TimeProvider clock, ILogger<DatabaseDown> log) : IExceptionHandler
{
    /// <summary>A line so often while it lasts, not one for every request that hits it.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    long nextLine;

    static readonly Refusal DatabaseAway = new("database_away", null, StatusCodes.Status503ServiceUnavailable);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsAway(exception))
            return false;
        Tell(exception);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "5";
        // The request's own path is that of the error page by now.
        PathString asked = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (!ApiProblems.IsApi(asked))
            return false;
        await texts.Problem(DatabaseAway).ExecuteAsync(httpContext);
        return true;
    }

    void Tell(Exception exception)
    {
        var (now, next) = (clock.GetUtcNow().UtcTicks, Volatile.Read(ref nextLine));
        if (now >= next && Interlocked.CompareExchange(ref nextLine, now + Pause.Ticks, next) == next)
            Away(exception.GetBaseException().Message);
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

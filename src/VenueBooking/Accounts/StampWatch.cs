using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace VenueBooking.Accounts;

/// <summary>
/// Whoever changes a security stamp in a request need not think of <see cref="EndedSessions"/>: before the request is answered this
/// instance reads what was committed, so that the other browser's next click already finds itself signed out.
/// </summary>
sealed partial class StampWatch(EndedSessions sessions, IHttpContextAccessor http, ILogger<StampWatch> log) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (http.HttpContext is { } context && eventData.Context!.ChangeTracker.Entries<AppUser>().Any(HasNewStamp))
            context.Response.OnStarting(LearnAsync);
        return ValueTask.FromResult(result);
    }

    static bool HasNewStamp(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry<AppUser> user) =>
        user.State == EntityState.Modified
        && user.OriginalValues.GetValue<string?>(nameof(AppUser.SecurityStamp)) != user.Entity.SecurityStamp;

    async Task LearnAsync()
    {
        try
        {
            await sessions.LearnAsync();
        }
        catch (Npgsql.NpgsqlException away)
        {
            // What was asked for is done. The feed reads as soon as the database is back; until then nothing works here anyway.
            Late(away.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sessions were ended, and this instance knows a moment later: {Reason}")]
    partial void Late(string reason);
}

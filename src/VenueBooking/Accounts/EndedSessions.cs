using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using VenueBooking.Data;

namespace VenueBooking.Accounts;

/// <summary>
/// The security stamps that changed lately, in memory: a cookie or token that carries another one has ended, and finding out costs
/// a request one look into a small table. This instance knows before the change is answered, the others as soon as the database tells
/// them (<see cref="EndedSessionsFeed"/>). A stamp that is not the remembered one may also be a newer one, not heard of yet: only
/// then the database is asked before the request is refused.
/// </summary>
public sealed class EndedSessions(NpgsqlDataSource database, IOptions<IdentityOptions> options) : IDisposable
{
    /// <summary>
    /// Longer than any bearer token lives (30 minutes; those of the command <c>tokens</c> 12 hours). Cookies live longer, and are compared
    /// with the database every minute.
    /// </summary>
    static readonly TimeSpan Kept = TimeSpan.FromHours(13);

    /// <summary>What was read just now holds: those who come with ended sessions cost five readings a second together.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);

    readonly SemaphoreSlim reading = new(1, 1);
    readonly ClaimsIdentityOptions names = options.Value.ClaimsIdentity;
    volatile Dictionary<string, string?> stamps = [];
    long readAt;

    /// <summary>Asks the database where <see cref="Differs"/> was not sure.</summary>
    public async Task<bool> HoldsAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        await LearnAsync(Fresh, ct);
        return Differs(user);
    }

    /// <summary>Whether they come with another stamp than the one remembered; with every request, hence from memory alone.</summary>
    public bool Differs(ClaimsPrincipal user)
    {
        var changed = stamps;
        return changed.Count > 0
            && user.FindFirst(names.UserIdClaimType) is { } id
            && changed.TryGetValue(id.Value, out var stamp)
            && user.FindFirst(names.SecurityStampClaimType)?.Value != stamp;
    }

    /// <summary>Reads them anew. One reading at a time, so that an older one never takes the place of a newer one.</summary>
    public Task LearnAsync(CancellationToken ct = default) => LearnAsync(TimeSpan.Zero, ct);

    async Task LearnAsync(TimeSpan freshFor, CancellationToken ct)
    {
        await reading.WaitAsync(ct);
        try
        {
            if (Stopwatch.GetElapsedTime(readAt) < freshFor)
                return;
            var startedAt = Stopwatch.GetTimestamp();
            await using var command = database.CreateCommand("select id, security_stamp from users where sessions_ended_at > now() - $1").With(Kept);
            var found = await command.ReadAsync(row => (Id: row.GetGuid(0).ToString(), Stamp: row.OptionalText(1)), ct);
            (stamps, readAt) = (found.ToDictionary(f => f.Id, f => f.Stamp), startedAt);
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();
}

public static class EndedSessionsMiddleware
{
    /// <summary>Whoever comes with an ended session is nobody: a page leads to the sign-in, the API answers 401.</summary>
    public static IApplicationBuilder UseEndedSessions(this IApplicationBuilder app)
    {
        var ended = app.ApplicationServices.GetRequiredService<EndedSessions>();
        return app.Use((context, next) => ended.Differs(context.User) ? CheckAsync(ended, context, next) : next(context));
    }

    static async Task CheckAsync(EndedSessions ended, HttpContext context, RequestDelegate next)
    {
        if (await ended.HoldsAsync(context.User, context.RequestAborted))
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        await next(context);
    }
}

using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Data;

namespace VenueBooking.Tests;

/// <summary>
/// Makes what a test needs, with defaults for all it does not care about. One file per module: <c>Make.Accounts.cs</c> …
/// </summary>
public sealed partial class Make(App app)
{
    static int numbers;

    DateTimeOffset Now => app.Now;

    /// <summary>A number that no other made thing has.</summary>
    static int Next() => Interlocked.Increment(ref numbers);

    async Task<T> Save<T>(T entity, params object[] others) where T : class
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        db.Add(entity);
        db.AddRange(others);
        await db.SaveChangesAsync();
        return entity;
    }
}

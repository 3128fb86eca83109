using Microsoft.EntityFrameworkCore.Storage;

namespace VenueBooking.Data;

/// <summary>
/// A piece of work that is all or nothing: its own transaction, or the one that the caller has open, which then the caller
/// commits. What is not saved is rolled back on dispose.
/// </summary>
sealed class JoinedWork(IDbContextTransaction? own) : IAsyncDisposable
{
    public async Task SaveAsync(AppDb db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        if (own is not null)
            await own.CommitAsync(ct);
    }

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}

static class JoinedWorkExtensions
{
    public static async Task<JoinedWork> JoinTransactionAsync(this AppDb db, CancellationToken ct) =>
        new(db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null);
}

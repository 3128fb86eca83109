using VenueBooking.Jobs;

namespace VenueBooking.Notices;

/// <summary>What became of a notice is kept 90 days.</summary>
public sealed class PruneNotices(Retention retention, TimeProvider clock) : IRecurringJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    const string Old = "state <> 'due' and created_at < $1";

    public Task<int> RunAsync(CancellationToken ct) => retention.DeleteAsync("outbox", "id", Old, clock.GetUtcNow() - Kept, ct);

    public async Task<Backlog> BacklogAsync(CancellationToken ct)
    {
        var old = await retention.BacklogAsync("outbox", "created_at", Old, clock.GetUtcNow() - Kept, ct);
        return old with { OldestDueAt = old.OldestDueAt + Kept };
    }
}

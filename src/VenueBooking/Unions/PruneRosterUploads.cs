using VenueBooking.Jobs;

namespace VenueBooking.Unions;

/// <summary>A roster that was looked at and not taken over within a day is deleted: names and cards of a whole union are kept for nothing.</summary>
public sealed class PruneRosterUploads(Retention retention, TimeProvider clock) : IRecurringJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    const string Old = "created_at < $1";

    public Task<int> RunAsync(CancellationToken ct) => retention.DeleteAsync("roster_uploads", "id", Old, clock.GetUtcNow() - Kept, ct);

    public async Task<Backlog> BacklogAsync(CancellationToken ct)
    {
        var old = await retention.BacklogAsync("roster_uploads", "created_at", Old, clock.GetUtcNow() - Kept, ct);
        return old with { OldestDueAt = old.OldestDueAt + Kept };
    }
}

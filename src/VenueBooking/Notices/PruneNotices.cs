using VenueBooking.Jobs;

namespace VenueBooking.Notices;

/// <summary>What became of a notice is kept 90 days.</summary>
public sealed class PruneNotices(Retention retention) : IRecurringJob
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    static readonly Keeping Done = new("outbox", "id", "created_at", Kept, "state <> 'due'");

    public Task<int> RunAsync(CancellationToken ct) => retention.DeleteAsync(Done, ct);

    public BacklogQuery Waiting => retention.Waiting(Done);
}

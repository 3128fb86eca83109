using VenueBooking.Jobs;

namespace VenueBooking.Web;

/// <summary>An answer to a repeated request is kept two days: no client repeats one longer.</summary>
public sealed class PruneIdempotencyKeys(Retention retention) : IRecurringJob
{
    static readonly Keeping Answers = new("idempotency_keys", "owner_id, key", "created_at", TimeSpan.FromDays(2));

    public Task<int> RunAsync(CancellationToken ct) => retention.DeleteAsync(Answers, ct);

    public BacklogQuery Waiting => retention.Waiting(Answers);
}

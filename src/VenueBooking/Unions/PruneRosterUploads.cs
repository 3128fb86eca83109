using VenueBooking.Jobs;

namespace VenueBooking.Unions;

/// <summary>A roster that was looked at and not taken over within a day is deleted: names and cards of a whole union are kept for nothing.</summary>
public sealed class PruneRosterUploads(Retention retention) : IRecurringJob
{
    static readonly Keeping Previews = new("roster_uploads", "id", "created_at", TimeSpan.FromDays(1));

    public Task<int> RunAsync(CancellationToken ct) => retention.DeleteAsync(Previews, ct);

    public BacklogQuery Waiting => retention.Waiting(Previews);
}

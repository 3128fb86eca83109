namespace VenueBooking.Jobs;

/// <summary>
/// Work that comes round again. What is due is derived from the state of the data, so that running twice, or on two
/// instances at once, does nothing twice.
/// </summary>
public interface IRecurringJob
{
    /// <summary>Does what is due now; how many things it did.</summary>
    Task<int> RunAsync(CancellationToken ct);

    /// <summary>What waits for it at this moment, as a question: those of all jobs are asked at once.</summary>
    BacklogQuery Waiting { get; }
}

/// <param name="Sql">Selects how many are due, and since when the oldest, with $1 for <paramref name="At"/>.</param>
public sealed record BacklogQuery(string Sql, DateTimeOffset At);

/// <param name="Due">Things that the next run would do.</param>
/// <param name="OldestDueAt">Since when the oldest has been due; null when nothing is.</param>
public sealed record Backlog(int Due, DateTimeOffset? OldestDueAt);

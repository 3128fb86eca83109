using Npgsql;
using VenueBooking.Jobs;

namespace VenueBooking.Supply;

/// <summary>open → closed, once it is over.</summary>
public sealed class ClosePastSlots(NpgsqlDataSource database, TimeProvider clock) : IRecurringJob
{
    const int Chunk = 5_000;

    // An array, so that the slots are fetched by their key however many the planner expects.
    public Task<int> RunAsync(CancellationToken ct) => database.DrainAsync($"""
        update slots set state = 'closed' where id = any(array(
            select id from slots where state = 'open' and ends_at <= $1 order by id limit {Chunk} for no key update skip locked))
        """, Chunk, clock.GetUtcNow(), ct);

    public BacklogQuery Waiting => new("select count(*), min(ends_at) from slots where state = 'open' and ends_at <= $1", clock.GetUtcNow());
}

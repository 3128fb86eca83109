using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>
/// Writes slots in bulk, one statement each, in the transaction that is open on the AppDb. Every statement that changes
/// what people see also tells the feed of changed slots (Bookings/SlotChangeFeed.cs), so that caches on all instances let go.
/// </summary>
public sealed class SlotWriter(AppDb db, TimeProvider clock)
{
    public const string Overlap = "slots_no_overlap", TooSmall = "slots_taken_check";

    // What the ladder makes of a start; one place for inserts and updates. Where the deadline for a return lies behind by now,
    // there is none: the venue has nothing to take back.
    const string Ladder = """
        s.starts_at - make_interval(hours => 24 * case when a.owner_union_id is null then a.all_days else a.own_days end),
        s.starts_at - make_interval(hours => 24 * a.all_days),
        s.starts_at - make_interval(hours => a.quota_lifted_hours),
        s.starts_at - make_interval(mins => a.closes_minutes),
        s.starts_at - make_interval(hours => a.cancel_hours),
        case when s.starts_at - make_interval(hours => a.return_hours) > @now then s.starts_at - make_interval(hours => a.return_hours) end
        """;

    // Sorted, so that the exclusion constraint's index is filled neighbour by neighbour.
    const string InsertSql = $"""
        insert into slots (id, venue_id, space_id, agreement_id, block_id, activity, starts_at, ends_at, capacity, max_party,
            audience_union_id, opens_at, all_opens_at, quota_lifted_at, closes_at, cancel_until, return_by, price_fen)
        select s.id, a.venue_id, sp.id, a.id, b.id, sp.activity, s.starts_at, s.ends_at, b.capacity,
            case when b.capacity = 1 then sp.max_party else least(sp.max_party, b.capacity) end, a.owner_union_id,
            {Ladder}, s.price_fen
        from unnest(@ids, @blocks, @starts, @ends, @prices) as s (id, block_id, starts_at, ends_at, price_fen)
        join purchase_blocks b on b.id = s.block_id
        join spaces sp on sp.id = b.space_id
        join agreements a on a.id = b.agreement_id
        order by sp.id, s.starts_at
        """;

    const string UpdateSql = $"""
        update slots t set (block_id, capacity, price_fen, max_party, audience_union_id,
            opens_at, all_opens_at, quota_lifted_at, closes_at, cancel_until, return_by) =
        (select b.id, b.capacity, k.price_fen, case when b.capacity = 1 then sp.max_party else least(sp.max_party, b.capacity) end, a.owner_union_id,
            {Ladder}
         from slots s join purchase_blocks b on b.id = k.block_id join spaces sp on sp.id = s.space_id join agreements a on a.id = s.agreement_id
         where s.id = t.id)
        from unnest(@ids, @blocks, @prices) as k (id, block_id, price_fen) where t.id = k.id
        """;

    const string NotifySql = $"""
        select pg_notify('{Channels.SlotChanges}', 'supply ' || replace(venue_id::text, '-', '') || to_char(day, 'YYYY-MM-DD'))
        from (select distinct venue_id, (starts_at at time zone '{SiteTime.ZoneName}')::date as day from slots where id = any(@ids)) changed
        """;

    public async Task InsertAsync(IReadOnlyCollection<PlannedSlot> slots, CancellationToken ct)
    {
        if (slots.Count == 0)
            return;
        var ids = slots.Select(_ => Guid.CreateVersion7()).ToArray();
        await RunAsync(InsertSql, ct,
            new("ids", ids),
            new("blocks", slots.Select(s => s.Cut.Block.Id).ToArray()),
            new("starts", slots.Select(s => s.Cut.StartsAt.UtcDateTime).ToArray()),
            new("ends", slots.Select(s => s.Cut.EndsAt.UtcDateTime).ToArray()),
            new("prices", slots.Select(s => s.Cut.PriceFen).ToArray()),
            new("now", clock.GetUtcNow()));
        await NotifyAsync(ids, ct);
    }

    /// <summary>Gives kept slots the terms, price and places that agreement and block have now.</summary>
    public async Task RefreshAsync(IReadOnlyCollection<PlannedSlot> kept, CancellationToken ct)
    {
        if (kept.Count == 0)
            return;
        var ids = kept.Select(s => s.Standing!.Id).ToArray();
        await RunAsync(UpdateSql, ct,
            new("ids", ids),
            new("blocks", kept.Select(s => s.Cut.Block.Id).ToArray()),
            new("prices", kept.Select(s => s.Cut.PriceFen).ToArray()),
            new("now", clock.GetUtcNow()));
        await NotifyAsync(ids, ct);
    }

    /// <summary>Takes slots out of the inventory. What a change takes out is no longer its block's, so that a later change may bring it back.</summary>
    public async Task WithdrawAsync(Guid[] ids, bool leavesBlock, CancellationToken ct)
    {
        if (ids.Length == 0)
            return;
        await RunAsync("update slots set state = 'withdrawn', block_id = case when @leaves then null else block_id end where id = any(@ids)", ct,
            new("ids", ids), new("leaves", leavesBlock));
        await NotifyAsync(ids, ct);
    }

    public Task<int> NotifyAsync(Guid[] ids, CancellationToken ct) => RunAsync(NotifySql, ct, new NpgsqlParameter("ids", ids));

    /// <summary>Locks in id order and hands back what is locked.</summary>
    /// <param name="where">A condition of ours on slots, never of anything typed.</param>
    public async Task<Guid[]> LockAsync(string where, CancellationToken ct, params NpgsqlParameter[] parameters) =>
        [.. await ReadAsync($"select id from slots where {where} order by id for update", row => row.GetGuid(0), ct, parameters)];

    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ReadAsync(read, ct);
    }

    public async Task<int> RunAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var transaction = db.InTransaction();
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        command.Parameters.AddRange(parameters);
        return command;
    }
}

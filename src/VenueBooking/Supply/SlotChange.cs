using Npgsql;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>
/// Takes slots away and puts slots in, with what stands on them. Every caller has the same order: agreement and venue,
/// then slots in id order, then bookings.
/// </summary>
public sealed class SlotChange(SlotWriter writer, ISlotUse use, SlotNames names, TimeProvider clock)
{
    public async Task<SlotPlan> WithHitAsync(SlotPlan plan, CancellationToken ct) =>
        plan.Withdrawn.Count == 0 ? plan : plan with { Hit = await HitAsync([.. plan.Withdrawn.Select(s => s.Id)], ct) };

    /// <summary>Who has booked these slots, in the order of time.</summary>
    public async Task<IReadOnlyList<SlotUse>> HitAsync(Guid[] slots, CancellationToken ct) =>
        slots.Length == 0 ? [] : [.. (await use.OfAsync(slots, ct)).OrderBy(u => u.StartsAt).ThenBy(u => u.BookingId)];

    /// <summary>Locks the agreement's slots that have not begun.</summary>
    public Task<Guid[]> LockComingAsync(Guid agreementId, CancellationToken ct) =>
        writer.LockAsync("agreement_id = @agreement and starts_at > @now and state in ('open', 'closed')", ct,
            new("agreement", agreementId), new("now", clock.GetUtcNow()));

    public Task<Guid[]> LockAsync(string where, CancellationToken ct, params NpgsqlParameter[] parameters) => writer.LockAsync(where, ct, parameters);

    public Task<Refusal> ClashAsync(SlotPlan refused, Agreement agreement, IReadOnlyList<PurchaseBlock> blocks, CancellationToken ct) =>
        names.ClashAsync(refused, agreement, blocks, ct);

    public Task<Refusal?> TooSmallAsync(SlotPlan plan, CancellationToken ct) => names.TooSmallAsync(plan, ct);

    /// <summary>Cancels what stands on locked slots and withdraws them; how many bookings it cancelled.</summary>
    public async Task<int> WithdrawAsync(Guid[] slots, SlotEnd reason, string note, bool leavesBlock, CancellationToken ct)
    {
        if (slots.Length == 0)
            return 0;
        var cancelled = await use.CancelAsync(slots, reason, note, ct);
        await writer.WithdrawAsync(slots, leavesBlock, ct);
        return cancelled;
    }

    /// <summary>Cancels what stands on locked slots and closes them.</summary>
    public async Task<int> CloseAsync(Guid[] slots, bool byStaff, string note, CancellationToken ct)
    {
        if (slots.Length == 0)
            return 0;
        var cancelled = await use.CancelAsync(slots, SlotEnd.Closed, note, ct);
        await writer.RunAsync("update slots set state = 'closed', closed_by_staff = @staff where id = any(@ids)", ct, new("ids", slots), new("staff", byStaff));
        await writer.NotifyAsync(slots, ct);
        return cancelled;
    }

    public async Task OpenAsync(Guid[] slots, CancellationToken ct)
    {
        if (slots.Length == 0)
            return;
        await writer.RunAsync("update slots set state = 'open', closed_by_staff = false where id = any(@ids)", ct, new NpgsqlParameter("ids", slots));
        await writer.NotifyAsync(slots, ct);
    }

    /// <summary>Blocks that are about to go let go of their slots, past ones among them.</summary>
    public Task<int> LeaveBlocksAsync(Guid agreementId, Guid[] blocks, CancellationToken ct) => blocks.Length == 0 ? Task.FromResult(0)
        : writer.RunAsync("update slots set block_id = null where agreement_id = @agreement and block_id = any(@blocks)", ct,
            new("agreement", agreementId), new("blocks", blocks));

    /// <summary>Writes what the plan holds valid, and gives what it keeps the new terms.</summary>
    public async Task WriteAsync(SlotPlan plan, CancellationToken ct)
    {
        await writer.RefreshAsync([.. plan.Of(SlotFate.Kept)], ct);
        await writer.InsertAsync([.. plan.Of(SlotFate.Valid)], ct);
    }
}

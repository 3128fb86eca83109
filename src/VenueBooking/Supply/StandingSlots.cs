namespace VenueBooking.Supply;

/// <summary>
/// Takes slots away and puts slots in, with what stands on them. Every caller has the same order: agreement and venue,
/// then slots in id order, then bookings.
/// </summary>
public sealed class StandingSlots(SlotWriter writer, IStandingBookings bookings, TimeProvider clock)
{
    // A retired space is opened by nothing, whatever closed it. What can no longer be handed back when it opens never can.
    const string OpenSql = """
        update slots set state = 'open', closed_by_staff = false, return_by = case when return_by > @now then return_by end
        where id = any(@ids)
            and not exists (select 1 from spaces p join venues v on v.id = p.venue_id where p.id = slots.space_id and (p.retired_at is not null or v.retired_at is not null))
        """;

    public async Task<SlotPlan> WithHitAsync(SlotPlan plan, CancellationToken ct) =>
        plan.Withdrawn.Count == 0 ? plan : plan with { Hit = await HitAsync([.. plan.Withdrawn.Select(s => s.Id)], ct) };

    /// <summary>Who has booked these slots, in the order of time.</summary>
    public async Task<IReadOnlyList<StandingBooking>> HitAsync(Guid[] slots, CancellationToken ct) =>
        slots.Length == 0 ? [] : [.. (await bookings.OfAsync(slots, ct)).OrderBy(b => b.StartsAt).ThenBy(b => b.BookingId)];

    /// <summary>Locks the agreement's slots that have not begun.</summary>
    public Task<Guid[]> LockComingAsync(Guid agreementId, CancellationToken ct) =>
        writer.LockAsync("agreement_id = @agreement and starts_at > @now and state in ('open', 'closed')", ct,
            new("agreement", agreementId), new("now", clock.GetUtcNow()));

    /// <summary>Cancels what stands on locked slots and withdraws them; how many bookings it cancelled.</summary>
    public async Task<int> WithdrawAsync(Guid[] slots, SlotEnd reason, string note, bool leavesBlock, CancellationToken ct)
    {
        if (slots.Length == 0)
            return 0;
        var cancelled = await bookings.CancelAsync(slots, reason, note, ct);
        await writer.WithdrawAsync(slots, leavesBlock, ct);
        return cancelled;
    }

    /// <summary>Cancels what stands on locked slots and closes them.</summary>
    public async Task<int> CloseAsync(Guid[] slots, bool byStaff, string note, CancellationToken ct)
    {
        if (slots.Length == 0)
            return 0;
        var cancelled = await bookings.CancelAsync(slots, SlotEnd.Closed, note, ct);
        await writer.RunAsync("update slots set state = 'closed', closed_by_staff = @staff where id = any(@ids)", ct, new("ids", slots), new("staff", byStaff));
        await writer.NotifyAsync(slots, ct);
        return cancelled;
    }

    /// <summary>Opens locked slots; how many: those of retired spaces and venues stay closed.</summary>
    public async Task<int> OpenAsync(Guid[] slots, CancellationToken ct)
    {
        if (slots.Length == 0)
            return 0;
        var opened = await writer.RunAsync(OpenSql, ct, new("ids", slots), new("now", clock.GetUtcNow()));
        await writer.NotifyAsync(slots, ct);
        return opened;
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

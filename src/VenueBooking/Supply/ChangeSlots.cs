using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>What staff do to single slots.</summary>
public enum SlotAction { Withdrawal, Closing, Opening }

/// <param name="Hit">Who has booked them.</param>
public sealed record SlotsPreview(IReadOnlyList<Slot> Slots, IReadOnlyList<SlotUse> Hit)
{
    /// <summary>Names what was shown.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(
        [.. Slots.Select(s => s.Id).Concat(Hit.Select(u => u.BookingId)).Order().SelectMany(id => id.ToByteArray())]), 0, 16);
}

/// <summary>Withdraws, closes and opens single slots of an agreement that have not begun.</summary>
public sealed class ChangeSlots(AppDb db, SlotChange change, Audit audit, TimeProvider clock)
{
    public const int AtMost = 500;

    /// <summary>Those of the slots that it would touch; the others have begun or are no longer in a state for it.</summary>
    public async Task<SlotsPreview> PreviewAsync(Guid agreementId, SlotAction action, Guid[] ids, CancellationToken ct)
    {
        var (now, states) = (clock.GetUtcNow(), StatesFor(action));
        var slots = await db.Set<Slot>().AsNoTracking()
            .Where(s => s.AgreementId == agreementId && ids.Contains(s.Id) && s.StartsAt > now && states.Contains(s.State))
            .OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Take(AtMost).ToListAsync(ct);
        return new(slots, await change.HitAsync([.. slots.Select(s => s.Id)], ct));
    }

    public async Task<Outcome<Changed>> ApplyAsync(Guid agreementId, SlotAction action, Guid[] ids, string? digest, string note, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockAgreementAsync(agreementId, ct) is null)
            return Refusal.NotFound;
        await change.LockAsync("id = any(@ids) and agreement_id = @agreement", ct, new("ids", ids), new("agreement", agreementId));
        var preview = await PreviewAsync(agreementId, action, ids, ct);
        if (preview.Slots.Count == 0 || preview.Digest() != digest)
            return SupplyRefusals.PlanChanged;
        if (action == SlotAction.Opening && await AnyOnClosureAsync(preview.Slots, ct))
            return SupplyRefusals.OnClosure;
        var slots = preview.Slots.Select(s => s.Id).ToArray();
        var cancelled = await WriteAsync(action, slots, note, ct);
        var changed = new Changed(0, slots.Length, cancelled);
        audit.Record($"slots.{SnakeCase.Word(action)}", "agreement", agreementId,
            preview.Slots.Select(s => new { s.Id, s.StartsAt, s.State }), new { Note = note, Effect = changed });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return changed;
    }

    /// <summary>The day of the first of them.</summary>
    public async Task<DateOnly?> FirstDayAsync(Guid agreementId, Guid[] ids, CancellationToken ct) =>
        await db.Set<Slot>().Where(s => s.AgreementId == agreementId && ids.Contains(s.Id)).MinAsync(s => (DateTimeOffset?)s.StartsAt, ct) is { } first
            ? SiteTime.DayOf(first) : null;

    async Task<int> WriteAsync(SlotAction action, Guid[] slots, string note, CancellationToken ct)
    {
        switch (action)
        {
            case SlotAction.Withdrawal:
                return await change.WithdrawAsync(slots, SlotEnd.Withdrawn, note, false, ct);
            case SlotAction.Closing:
                return await change.CloseAsync(slots, true, note, ct);
            default:
                await change.OpenAsync(slots, ct);
                return 0;
        }
    }

    async Task<bool> AnyOnClosureAsync(IReadOnlyList<Slot> slots, CancellationToken ct)
    {
        var (venue, from, until) = (slots[0].VenueId, slots.Min(s => s.StartsAt), slots.Max(s => s.EndsAt));
        var closures = await db.Set<Closure>().AsNoTracking()
            .Where(c => c.VenueId == venue && c.LiftedAt == null && c.StartsAt < until && c.EndsAt > @from).ToListAsync(ct);
        return slots.Any(s => closures.Any(c => (c.SpaceId is null || c.SpaceId == s.SpaceId) && c.StartsAt < s.EndsAt && s.StartsAt < c.EndsAt));
    }

    static SlotState[] StatesFor(SlotAction action) => action switch
    {
        SlotAction.Withdrawal => [SlotState.Open, SlotState.Closed],
        SlotAction.Closing => [SlotState.Open],
        _ => [SlotState.Closed],
    };
}

using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Venues;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>What staff do to single slots.</summary>
public enum SlotAction { Withdrawal, Closing, Opening }

/// <param name="Hit">Who has booked them.</param>
public sealed record SlotsPreview(IReadOnlyList<Slot> Slots, IReadOnlyList<StandingBooking> Hit)
{
    /// <summary>Names what was shown.</summary>
    public string Digest() => DigestOf(Slots.Select(s => s.Id), Hit);

    public static string DigestOf(IEnumerable<Guid> slots, IEnumerable<StandingBooking> hit) => Convert.ToHexStringLower(SHA256.HashData(
        [.. slots.Concat(hit.Select(b => b.BookingId)).Order().SelectMany(id => id.ToByteArray())]), 0, 16);
}

/// <param name="Cancelled">Bookings that stood on them; null: opening cancels none.</param>
public sealed record SlotsChanged(int Slots, int? Cancelled);

/// <summary>Withdraws, closes and opens single slots of an agreement that have not begun.</summary>
public sealed class ChangeSlots(AppDb db, StandingSlots slots, SlotWriter writer, Audit audit, TimeProvider clock)
{
    public const int AtMost = 500;

    /// <summary>Those of the slots that it would touch; the others have begun or are no longer in a state for it.</summary>
    public async Task<SlotsPreview> PreviewAsync(Guid agreementId, SlotAction action, Guid[] ids, CancellationToken ct)
    {
        var (now, states) = (clock.GetUtcNow(), StatesFor(action));
        var chosen = await db.Set<Slot>().AsNoTracking()
            .Where(s => s.AgreementId == agreementId && ids.Contains(s.Id) && s.StartsAt > now && states.Contains(s.State))
            .OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Take(AtMost).ToListAsync(ct);
        return new(chosen, await slots.HitAsync([.. chosen.Select(s => s.Id)], ct));
    }

    public async Task<Outcome<SlotsChanged>> ApplyAsync(Guid agreementId, SlotAction action, Guid[] ids, string? digest, string note, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockAgreementAsync(agreementId, ct) is null)
            return Refusal.NotFound;
        await writer.LockAsync("id = any(@ids) and agreement_id = @agreement", ct, new("ids", ids), new("agreement", agreementId));
        var preview = await PreviewAsync(agreementId, action, ids, ct);
        if (preview.Slots.Count == 0 || preview.Digest() != digest)
            return SupplyRefusals.PlanChanged;
        var written = await WriteAsync(action, preview.Slots, note, ct);
        if (written.IsRefused)
            return written.Refusal;
        var changed = new SlotsChanged(preview.Slots.Count, action == SlotAction.Opening ? null : written.Value);
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

    // How many bookings it cancelled.
    async Task<Outcome<int>> WriteAsync(SlotAction action, IReadOnlyList<Slot> chosen, string note, CancellationToken ct)
    {
        var ids = chosen.Select(s => s.Id).ToArray();
        switch (action)
        {
            case SlotAction.Withdrawal:
                return await slots.WithdrawAsync(ids, SlotEnd.Withdrawn, note, false, ct);
            case SlotAction.Closing:
                return await slots.CloseAsync(ids, true, note, ct);
            default:
                if (await AnyOnClosureAsync(chosen, ct))
                    return SupplyRefusals.OnClosure;
                return await slots.OpenAsync(ids, ct) < ids.Length ? SupplyRefusals.Retired : 0;
        }
    }

    async Task<bool> AnyOnClosureAsync(IReadOnlyList<Slot> chosen, CancellationToken ct)
    {
        var (venue, from, until) = (chosen[0].VenueId, chosen.Min(s => s.StartsAt), chosen.Max(s => s.EndsAt));
        var closures = await db.Set<Closure>().AsNoTracking()
            .Where(c => c.VenueId == venue && c.LiftedAt == null && c.StartsAt < until && c.EndsAt > @from).ToListAsync(ct);
        return chosen.Any(s => closures.Any(c => c.Hits(s.SpaceId, s.StartsAt, s.EndsAt)));
    }

    static SlotState[] StatesFor(SlotAction action) => action switch
    {
        SlotAction.Withdrawal => [SlotState.Open, SlotState.Closed],
        SlotAction.Closing => [SlotState.Open],
        _ => [SlotState.Closed],
    };
}

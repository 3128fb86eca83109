using Microsoft.EntityFrameworkCore;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Jobs;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>
/// Unused hours go back to the venue at their deadline, and what that saves is written down. Staff get one note per
/// agreement and day, the next morning.
/// </summary>
public sealed class HandBack(AppDb db, SlotWriter writer, Audit audit, TimeProvider clock) : IRecurringJob
{
    // A slot that somebody is booking at this moment is left for the next run, where it is taken or free. What is taken at its
    // deadline stays for good: if it is cancelled later, the venue need not take it back any more.
    const string ReturnSql = """
        with due as (
            select id from slots
            where state = 'open' and return_by is not null and return_by <= @now and starts_at > @now
            order by id limit 5000 for update skip locked
        ), stays as (
            update slots set return_by = null where id = any(array(select id from due)) and taken > 0
        )
        update slots s set state = 'handed_back', handed_back_at = @now, saved_fen = (s.price_fen::bigint * a.return_percent / 100)::int
        from agreements a
        where s.id = any(array(select id from due)) and a.id = s.agreement_id and s.state = 'open' and s.taken = 0
        returning s.id, s.agreement_id, s.saved_fen
        """;

    const string NoticeSql = """
        insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, payload, created_at, due_at, next_attempt_at)
        select gen_random_uuid(), 'hours_handed_back', a.id || ':' || @day || ':' || r.user_id, r.user_id, a.id,
            jsonb_build_object('day', @day), @now, @morning, @morning
        from unnest(@agreements) as a (id), user_roles r join roles on roles.id = r.role_id
        where roles.name = 'Staff'
        on conflict (kind, dedupe_key) do nothing
        """;

    public Task<int> RunAsync(CancellationToken ct) => RunAsync(clock.GetUtcNow(), ct);

    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var returned = await ReturnAsync(now, ct);
        if (returned.Count > 0)
            await TellAsync(returned, now, ct);
        await transaction.CommitAsync(ct);
        return returned.Count;
    }

    async Task TellAsync(List<Returned> returned, DateTimeOffset now, CancellationToken ct)
    {
        await writer.NotifyAsync([.. returned.Select(r => r.Slot)], ct);
        await TellStaffAsync([.. returned.Select(r => r.Agreement).Distinct()], now, ct);
        foreach (var of in returned.GroupBy(r => r.Agreement))
            audit.Record("slots.hand_back", "agreement", of.Key, null, new { Slots = of.Count(), SavedFen = of.Sum(r => (long)r.SavedFen) });
        await db.SaveChangesAsync(ct);
    }

    public BacklogQuery Waiting => new(
        "select count(*), min(return_by) from slots where state = 'open' and return_by <= $1 and taken = 0 and starts_at > $1", clock.GetUtcNow());

    Task<List<Returned>> ReturnAsync(DateTimeOffset now, CancellationToken ct) =>
        writer.ReadAsync(ReturnSql, r => new Returned(r.GetGuid(0), r.GetGuid(1), r.GetInt32(2)), ct, new NpgsqlParameter("now", now));

    Task<int> TellStaffAsync(Guid[] agreements, DateTimeOffset now, CancellationToken ct)
    {
        var day = SiteTime.DayOf(now);
        return writer.RunAsync(NoticeSql, ct,
            new("agreements", agreements), new("now", now), new("day", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            new("morning", SiteTime.At(day.AddDays(1), new(8, 0))));
    }

    readonly record struct Returned(Guid Slot, Guid Agreement, int SavedFen);
}

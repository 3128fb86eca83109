using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Supply;

/// <summary>An agreement's slots by week, and what they add up to.</summary>
public sealed class AgreementWeeks(AppDb db, TimeProvider clock)
{
    public Task<List<Slot>> OfWeekAsync(Guid agreementId, DateOnly monday, CancellationToken ct)
    {
        var (from, until) = (SiteTime.StartOf(monday), SiteTime.StartOf(monday.AddDays(7)));
        return db.Set<Slot>().AsNoTracking().Where(s => s.AgreementId == agreementId && s.StartsAt >= @from && s.StartsAt < until)
            .OrderBy(s => s.StartsAt).ThenBy(s => s.SpaceId).ToListAsync(ct);
    }

    public async Task<AgreementSums> SumsAsync(Guid agreementId, CancellationToken ct) => (await SumsAsync([agreementId], ct))[agreementId];

    /// <summary>One agreement after the other, so that the slots of those asked for are read and no others.</summary>
    public async Task<Dictionary<Guid, AgreementSums>> SumsAsync(Guid[] agreements, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Database.SqlQuery<AgreementSums>($"""
            select a.id as "AgreementId", s.*
            from unnest({agreements}) a(id), lateral (
                select count(*) filter (where live)::int as "Slots",
                    trim_scale(coalesce(sum(hours) filter (where live), 0)) as "Hours",
                    coalesce(sum(cost), 0)::bigint as "PriceFen",
                    trim_scale(coalesce(sum(hours) filter (where live and begun), 0)) as "PastHours",
                    trim_scale(coalesce(sum(hours) filter (where live and begun and taken > 0), 0)) as "UsedHours",
                    coalesce(sum(cost) filter (where begun), 0)::bigint as "PastFen",
                    count(*) filter (where state = 'handed_back')::int as "HandedBack",
                    coalesce(sum(saved_fen), 0)::bigint as "SavedFen",
                    count(*) filter (where state = 'withdrawn')::int as "Withdrawn"
                from (select *, state in ('open', 'closed') as live, starts_at <= {now} as begun,
                        extract(epoch from ends_at - starts_at)::numeric / 3600 as hours,
                        case when state in ('open', 'closed') then price_fen when state = 'handed_back' then price_fen - coalesce(saved_fen, 0) end as cost
                      from slots where agreement_id = a.id) of_one) s
            """).ToDictionaryAsync(s => s.AgreementId, ct);
    }

    /// <summary>The week to show first: this one, or the nearest that has slots.</summary>
    public async Task<DateOnly> FirstWeekAsync(Guid agreementId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var slots = db.Set<Slot>().Where(s => s.AgreementId == agreementId);
        var next = await slots.Where(s => s.EndsAt > now).MinAsync(s => (DateTimeOffset?)s.StartsAt, ct)
            ?? await slots.MaxAsync(s => (DateTimeOffset?)s.StartsAt, ct);
        return SiteTime.WeekOf(SiteTime.DayOf(next ?? now));
    }
}

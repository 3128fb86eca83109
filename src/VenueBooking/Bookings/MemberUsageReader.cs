using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What a member has already, for saying beforehand what would be refused. The writer reads it again under its locks.</summary>
public sealed class MemberUsageReader(AppDb db, TimeProvider clock)
{
    public async Task<MemberUsage> OfAsync(Guid memberId, DateTimeOffset slotStartsAt, CancellationToken ct = default)
    {
        var from = SiteTime.StartOf(SiteTime.WeekOf(SiteTime.DayOf(clock.GetUtcNow())).AddDays(-1));
        var member = await (
            from m in db.Set<Membership>()
            where m.UserId == memberId
            join u in db.Set<Union>() on m.UnionId equals u.Id into unions
            from u in unions.DefaultIfEmpty()
            select new { m.State, u!.Path, m.UnionId, u.DailyCap }).FirstOrDefaultAsync(ct);
        if (member is null)
            return MemberUsage.Unknown;
        var bookings = await db.Set<Booking>().AsNoTracking()
            .Where(b => b.MemberId == memberId && b.StartsAt >= from)
            .Select(b => new MemberUsage.Entry(b.SlotId, b.Activity, b.StartsAt, b.EndsAt, b.State)).ToListAsync(ct);
        return new(member.State, member.Path ?? [], bookings)
        {
            UnionDay = member is { UnionId: { } union, DailyCap: { } cap } ? (await PeopleAsync(union, SiteTime.DayOf(slotStartsAt), ct), cap) : null,
        };
    }

    /// <summary>Ids from the root to the member's union: what is kept for one of these is open to them.</summary>
    public async Task<IReadOnlyCollection<Guid>> UnionPathAsync(Guid memberId, CancellationToken ct = default) => await (
        from m in db.Set<Membership>()
        where m.UserId == memberId
        join u in db.Set<Union>() on m.UnionId equals u.Id
        select u.Path).FirstOrDefaultAsync(ct) ?? [];

    Task<int> PeopleAsync(Guid union, DateOnly day, CancellationToken ct)
    {
        var (from, until) = (SiteTime.StartOf(day), SiteTime.StartOf(day.AddDays(1)));
        return db.Set<Booking>()
            .Where(b => b.UnionId == union && b.StartsAt >= from && b.StartsAt < until
                && (b.State == BookingState.Booked || b.State == BookingState.CheckedIn || b.State == BookingState.Attended))
            .SumAsync(b => b.PartySize, ct);
    }
}

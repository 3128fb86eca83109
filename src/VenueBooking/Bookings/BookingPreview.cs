using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>What a member is told before they book: what is agreed on, and whether the policy would say no.</summary>
public sealed record BookingPreview(
    Refusal? WhyNot, MemberUsage Usage, DateTimeOffset CheckInBy, bool CancelIsOver, bool MustConfirm, bool QuotaIsLifted, int MinutesUsed, int MinutesAllowed);

/// <summary>Asks the policy beforehand, without locks: BookingWriter asks it again when it matters.</summary>
public sealed class BookingPreviews(MemberUsageReader usages, BookingPolicy policy, BookingRules rules, TimeProvider clock)
{
    public async Task<BookingPreview> OfAsync(SlotLine slot, Guid memberId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var usage = await usages.OfAsync(memberId, slot.StartsAt, ct);
        return new(
            policy.WhyNot(slot.ToSlot(), usage, 1, now),
            usage,
            slot.StartsAt + BookingRules.NoShowAfter,
            now > slot.CancelUntil,
            slot.StartsAt - now > BookingRules.ConfirmWhenAhead,
            now >= slot.QuotaLiftedAt,
            usage.Bookings.Where(b => b.CountsToQuota && b.Activity == slot.Activity && WeekOf(b.StartsAt) == WeekOf(slot.StartsAt)).Sum(b => b.Minutes),
            rules.WeeklyMinutes);
    }

    static DateOnly WeekOf(DateTimeOffset at) => SiteTime.WeekOf(SiteTime.DayOf(at));
}

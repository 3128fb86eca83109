using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// May this member have this slot? One checklist, the first "no" is the answer. Pure: BookingWriter asks it with rows it has
/// locked, pages ask it to say beforehand what would be refused.
/// </summary>
public sealed class BookingPolicy(BookingRules rules)
{
    public Refusal? WhyNot(Slot slot, int free, MemberUsage member, int partySize, DateTimeOffset now) =>
        WrongParty(slot, partySize)
        ?? NotOpen(slot, now)
        ?? OutsideWindow(slot, member, now)
        ?? NotVerified(member)
        ?? AlreadyBooked(slot, member)
        ?? Full(slot, free, partySize)
        ?? Clash(slot, member)
        ?? QuotaUsed(slot, member, now)
        ?? UnionDayFull(member, partySize);

    /// <summary>As the writer asks, of a slot as it was read.</summary>
    public Refusal? WhyNot(Slot slot, MemberUsage member, int partySize, DateTimeOffset now) => WhyNot(slot, slot.Free, member, partySize, now);

    /// <summary>For a member who stands at the desk: no window, no quota, but the union's day holds. Null for a guest known by name alone.</summary>
    public Refusal? WhyNotWalkIn(Slot slot, int free, MemberUsage? member, int partySize, DateTimeOffset now) =>
        WrongParty(slot, partySize)
        ?? (slot.State == SlotState.Open ? null : BookingRefusals.SlotClosed)
        ?? (now < slot.EndsAt ? null : BookingRefusals.SlotPast(slot.EndsAt))
        ?? (rules.WalkInFrom(slot.StartsAt) is var opens && opens <= now ? null : BookingRefusals.WalkInTooEarly(opens))
        ?? (member is null ? null : NotVerified(member) ?? AlreadyBooked(slot, member))
        ?? Full(slot, free, partySize)
        ?? (member is null ? null : Clash(slot, member) ?? UnionDayFull(member, partySize));

    /// <summary>Places of the slot's capacity that a party takes: an exclusive slot is taken whole.</summary>
    public static int PlacesOf(Slot slot, int partySize) => slot.IsExclusive ? 1 : partySize;

    static Refusal? WrongParty(Slot slot, int partySize) =>
        partySize < 1 ? BookingRefusals.PartyTooSmall()
        : partySize > slot.MaxParty ? BookingRefusals.PartyTooBig(slot.MaxParty)
        : null;

    static Refusal? NotOpen(Slot slot, DateTimeOffset now) =>
        slot.State != SlotState.Open && now < slot.EndsAt ? BookingRefusals.SlotClosed
        : now >= slot.ClosesAt ? BookingRefusals.SlotPast(slot.ClosesAt)
        : null;

    static Refusal? OutsideWindow(Slot slot, MemberUsage member, DateTimeOffset now)
    {
        if (now >= slot.AllOpensAt)
            return null;
        if (slot.AudienceUnionId is not { } audience || now < slot.OpensAt)
            return BookingRefusals.SlotNotOpen(slot.AudienceUnionId is { } own && member.UnionPath.Contains(own) ? slot.OpensAt : slot.AllOpensAt);
        return member.UnionPath.Contains(audience) ? null : BookingRefusals.NotAudience(slot.AllOpensAt);
    }

    static Refusal? NotVerified(MemberUsage member) => member.Membership switch
    {
        MembershipState.Verified => null,
        MembershipState.Ended => BookingRefusals.MembershipEnded,
        _ => BookingRefusals.NotVerified,
    };

    static Refusal? AlreadyBooked(Slot slot, MemberUsage member) =>
        member.Bookings.Any(b => b.IsActive && b.SlotId == slot.Id) ? BookingRefusals.AlreadyBooked : null;

    static Refusal? Full(Slot slot, int free, int partySize) =>
        free >= PlacesOf(slot, partySize) ? null
        : free > 0 ? BookingRefusals.TooFewPlaces(free)
        : BookingRefusals.SlotFull;

    static Refusal? Clash(Slot slot, MemberUsage member)
    {
        foreach (var other in member.Bookings)
            if (other.IsActive && other.StartsAt < slot.EndsAt && slot.StartsAt < other.EndsAt)
                return BookingRefusals.OwnClash(other.StartsAt, other.EndsAt);
        return null;
    }

    Refusal? QuotaUsed(Slot slot, MemberUsage member, DateTimeOffset now)
    {
        if (now >= slot.QuotaLiftedAt)
            return null;
        if (member.Bookings.Count(b => b.IsActive && b.EndsAt > now) >= rules.OpenBookings)
            return BookingRefusals.OpenBookingsUsed(rules.OpenBookings);
        var week = SiteTime.WeekOf(SiteTime.DayOf(slot.StartsAt));
        var used = member.Bookings
            .Where(b => b.CountsToQuota && b.Activity == slot.Activity && SiteTime.WeekOf(SiteTime.DayOf(b.StartsAt)) == week)
            .Sum(b => b.Minutes);
        var asked = (int)(slot.EndsAt - slot.StartsAt).TotalMinutes;
        return used + asked > rules.WeeklyMinutes ? BookingRefusals.QuotaUsed(rules.WeeklyMinutes, used, asked) : null;
    }

    static Refusal? UnionDayFull(MemberUsage member, int partySize) =>
        member.UnionDay is { } day && day.People + partySize > day.Cap ? BookingRefusals.UnionDayFull(day.Cap) : null;
}

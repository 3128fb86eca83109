using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// What to offer instead of a slot that could not be had: the same activity, near in time and place. All of it is chosen from what
/// <see cref="Availability"/> has in memory: those whom a sold-out slot refuses come by the hundred, and at once.
/// </summary>
public sealed class Alternatives(Availability availability, BookingPolicy policy, SlotCache cache, NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Of a refusal on the wire.</summary>
    public const string Member = "alternatives";

    const int Most = 3, MostOfOneTime = 2, DaysAround = 2, Days = DaysAround + 1 + DaysAround;

    /// <summary>By the reading of the wanted slot's day, and gone with it.</summary>
    static readonly ConditionalWeakTable<IReadOnlyList<SlotLine>, ConcurrentDictionary<Guid, Order>> Ordered = new();

    /// <param name="Of">The readings it was made of.</param>
    /// <param name="Near">Each with which of the days it is on.</param>
    sealed record Order(IReadOnlyList<SlotLine>[] Of, IReadOnlyList<(SlotLine Slot, int Day)> Near);

    const string PeopleOfDay = """
        select coalesce(sum(party_size), 0)::int from bookings
        where union_id = $1 and starts_at >= $2 and starts_at < $3 and state in ('booked', 'checked_in', 'attended')
        """;

    /// <summary>Another time does not help who may not book at all, who has as many as one can or this very one, or who has but to change the number.</summary>
    public static bool HelpAfter(Refusal refusal) =>
        refusal is { Field: null, Code: not ("not_verified" or "membership_ended" or "already_booked" or "open_bookings_used") };

    /// <summary>Up to three slots that this member could book now, the nearest first. Three courts at one hour would be no choice: other times go before a second court of the same.</summary>
    public async Task<IReadOnlyList<SlotLine>> NearestAsync(Slot wanted, MemberUsage member, int party, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var day = SiteTime.DayOf(wanted.StartsAt);
        var (usages, readings) = (new MemberUsage[Days], new IReadOnlyList<SlotLine>[Days]);
        for (var i = 0; i < Days; i++)
        {
            var other = day.AddDays(i - DaysAround);
            usages[i] = other == day ? member : await OnAsync(member, other, ct);
            readings[i] = await availability.AllAsync(other, ct);
        }
        var (first, second) = (new List<SlotLine>(), new List<SlotLine>());
        foreach (var (slot, on) in Near(wanted, readings))
        {
            var turn = first.Concat(second).Count(s => s.StartsAt == slot.StartsAt);
            if (turn >= MostOfOneTime || policy.WhyNot(slot.ToSlot(), usages[on], party, now) is not null)
                continue;
            (turn == 0 ? first : second).Add(slot);
            // Nothing that is further away goes before these.
            if (first.Count == Most)
                break;
        }
        return [.. first.Concat(second).Take(Most).OrderBy(s => Distance(wanted, s))];
    }

    /// <summary>All with a place left on the days around, the nearest first: put in order once, for all who ask before a day is read anew.</summary>
    static IReadOnlyList<(SlotLine Slot, int Day)> Near(Slot wanted, IReadOnlyList<SlotLine>[] readings)
    {
        var known = Ordered.GetOrCreateValue(readings[DaysAround]);
        if (known.TryGetValue(wanted.Id, out var order) && order.Of.AsSpan().SequenceEqual(readings, ReferenceEqualityComparer.Instance))
            return order.Near;
        order = new(readings, [.. readings
            .SelectMany((slots, i) => slots.Where(s => s.Free > 0 && s.Activity == wanted.Activity && s.Id != wanted.Id).Select(s => (Slot: s, Day: i)))
            .OrderBy(n => Distance(wanted, n.Slot))]);
        known[wanted.Id] = order;
        return order.Near;
    }

    /// <summary>What the member's union has booked is another number on another day.</summary>
    async Task<MemberUsage> OnAsync(MemberUsage member, DateOnly day, CancellationToken ct) =>
        member.UnionDay is { Cap: var cap } ? member with { UnionDay = (await PeopleAsync(member.UnionPath.Last(), day, ct), cap) } : member;

    Task<int> PeopleAsync(Guid union, DateOnly day, CancellationToken ct) => cache.GetAsync(new(Guid.Empty, day), $"people of {union:N}", async (int _) =>
    {
        await using var command = database.CreateCommand(PeopleOfDay).With(union, SiteTime.StartOf(day), SiteTime.StartOf(day.AddDays(1)));
        return (int)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }).WaitAsync(ct);

    /// <summary>In minutes: another time, plus what it costs people to go to another place.</summary>
    static double Distance(Slot wanted, SlotLine other) =>
        (other.StartsAt - wanted.StartsAt).Duration().TotalMinutes + (other.VenueId == wanted.VenueId ? 0 : 45);
}

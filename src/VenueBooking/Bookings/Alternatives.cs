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

    // Whom one slot does not suit (a clash, a used quota) the next of the same hour seldom suits: not all of a hundred courts are asked.
    const int LookedAtOfOneTime = 3, LookedAt = 100;
    const int Most = 3, MostOfOneTime = 2, DaysAround = 2, Days = DaysAround + 1 + DaysAround;

    /// <summary>
    /// No venue's: no change makes what is kept under it stale. Where a hundred a second are refused, and as many booked, it is put in
    /// order anew as often as any reading is made at the latest, not with each of them.
    /// </summary>
    static readonly Guid Offers = new("5f0f4f0e-0a5d-4f43-9c55-0c6b7a3f8f01");

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
        var usages = new MemberUsage[Days];
        for (var i = 0; i < Days; i++)
            usages[i] = i == DaysAround ? member : await OnAsync(member, day.AddDays(i - DaysAround), ct);
        var (first, second) = (new List<SlotLine>(), new List<SlotLine>());
        foreach (var (slot, on) in await NearAsync(wanted, day, ct))
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

    /// <summary>All with a place left on the days around, each with which of them it is on; the nearest first.</summary>
    Task<IReadOnlyList<(SlotLine Slot, int Day)>> NearAsync(Slot wanted, DateOnly day, CancellationToken ct) =>
        cache.GetAsync<IReadOnlyList<(SlotLine Slot, int Day)>>(new(Offers, day), $"{wanted.Id:N}", async _ =>
        {
            var near = new List<(SlotLine Slot, int Day)>();
            for (var i = 0; i < Days; i++)
                foreach (var slot in await availability.AllAsync(day.AddDays(i - DaysAround), CancellationToken.None))
                    if (slot.Free > 0 && slot.Activity == wanted.Activity && slot.Id != wanted.Id)
                        near.Add((slot, i));
            return [.. near.GroupBy(n => n.Slot.StartsAt)
                .SelectMany(time => time.OrderBy(n => Distance(wanted, n.Slot)).Take(LookedAtOfOneTime))
                .OrderBy(n => Distance(wanted, n.Slot)).Take(LookedAt)];
        }).WaitAsync(ct);

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

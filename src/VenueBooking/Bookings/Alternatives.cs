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

    const int Most = 3, MostOfOneTime = 2, DaysAround = 2;

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
        var (first, second) = (new List<SlotLine>(), new List<SlotLine>());
        foreach (var (slot, usage) in await NearAsync(wanted, member, ct))
        {
            var turn = first.Concat(second).Count(s => s.StartsAt == slot.StartsAt);
            if (turn >= MostOfOneTime || policy.WhyNot(slot.ToSlot(), usage, party, now) is not null)
                continue;
            (turn == 0 ? first : second).Add(slot);
            // Nothing that is further away goes before these.
            if (first.Count == Most)
                break;
        }
        return [.. first.Concat(second).Take(Most).OrderBy(s => Distance(wanted, s))];
    }

    /// <summary>All with a place left on the days around, the nearest first, each with what the member has on its day.</summary>
    async Task<IEnumerable<(SlotLine Slot, MemberUsage Usage)>> NearAsync(Slot wanted, MemberUsage member, CancellationToken ct)
    {
        var near = new List<(SlotLine, MemberUsage)>();
        var day = SiteTime.DayOf(wanted.StartsAt);
        for (var away = -DaysAround; away <= DaysAround; away++)
        {
            var usage = away == 0 ? member : await OnAsync(member, day.AddDays(away), ct);
            foreach (var slot in await availability.AllAsync(day.AddDays(away), ct))
                if (slot.Free > 0 && slot.Activity == wanted.Activity && slot.Id != wanted.Id)
                    near.Add((slot, usage));
        }
        return near.OrderBy(n => Distance(wanted, n.Item1));
    }

    /// <summary>What the member's union has booked is another number on another day.</summary>
    async Task<MemberUsage> OnAsync(MemberUsage member, DateOnly day, CancellationToken ct) =>
        member.UnionDay is { Cap: var cap } ? member with { UnionDay = (await PeopleAsync(member.UnionPath.Last(), day, ct), cap) } : member;

    Task<int> PeopleAsync(Guid union, DateOnly day, CancellationToken ct) => cache.GetAsync(new(Guid.Empty, day), $"people of {union:N}", async () =>
    {
        await using var command = database.CreateCommand(PeopleOfDay).With(union, SiteTime.StartOf(day), SiteTime.StartOf(day.AddDays(1)));
        return (int)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }).WaitAsync(ct);

    /// <summary>In minutes: another time, plus what it costs people to go to another place.</summary>
    static double Distance(Slot wanted, SlotLine other) =>
        (other.StartsAt - wanted.StartsAt).Duration().TotalMinutes + (other.VenueId == wanted.VenueId ? 0 : 45);
}

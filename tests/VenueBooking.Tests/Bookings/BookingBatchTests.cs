using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings;

/// <summary>However requests fall into batches, each gets what it would have got had all come one after another.</summary>
public sealed class BookingBatchTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task Random_batches_decide_as_a_sequential_model_does(int seed)
    {
        var random = new Random(seed);
        var world = await World.MakeAsync(App, random);
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var batches = new BookingBatch(connection, App.Services.GetRequiredService<BookingPolicy>());
        var pending = Enumerable.Range(0, 60).Select(_ => world.Request(random)).ToList();
        while (pending.Count > 0)
        {
            var batch = pending.Take(1 + random.Next(20)).ToList();
            pending.RemoveRange(0, batch.Count);
            var outcomes = await batches.RunAsync(batch, App.Now);
            Assert.Equal(batch.Select(world.Expect), outcomes.Select(o => o.Refusal?.Code ?? "booked"));
        }
        await Invariants.HoldAsync(App);
    }

    /// <summary>A few members and slots that get in each other's way, and the rules written down a second time, as plainly as can be.</summary>
    sealed class World
    {
        const int Quota = 180, Open = 2;

        readonly List<(AppUser User, Union Union)> members = [];
        readonly List<Slot> slots = [];
        readonly List<(Guid Member, Guid Union, Slot Slot, int Party, Guid? Request)> made = [];
        readonly List<BookingRequest> asked = [];
        DateTimeOffset now;

        public static async Task<World> MakeAsync(App app, Random random)
        {
            var world = new World { now = app.Now };
            var unions = new[] { await app.Make.Union(), await app.Make.Union(dailyCap: 5) };
            for (var i = 0; i < 6; i++)
                world.members.Add((await app.Make.Worker(unions[i % 2]), unions[i % 2]));
            var day = SiteTime.DayOf(app.Now);
            foreach (var capacity in (int[])[1, 1, 4, 6])
            {
                for (var i = 0; i < 4; i++)
                {
                    var space = await app.Make.Space(activity: capacity == 6 ? "yoga" : "badminton", capacity: capacity, maxParty: 3);
                    world.slots.Add(await app.Make.Slot(space, SiteTime.At(day.AddDays(i < 3 ? 2 : 0), new(17 + i, random.Next(2) * 30)), minutes: random.Next(2) == 0 ? 30 : 90 - 30 * random.Next(2)));
                }
            }
            return world;
        }

        public BookingRequest Request(Random random)
        {
            if (asked.Count > 0 && random.Next(10) == 0)
            {
                var again = asked[random.Next(asked.Count)];
                var other = random.Next(4) == 0 ? slots[random.Next(slots.Count)].Id : again.SlotId;
                return new(again.RequestId, other, again.MemberId, again.PartySize);
            }
            var request = new BookingRequest(Guid.CreateVersion7(), slots[random.Next(slots.Count)].Id, members[random.Next(members.Count)].User.Id, random.Next(5));
            asked.Add(request);
            return request;
        }

        public string Expect(BookingRequest request)
        {
            var before = made.FirstOrDefault(m => m.Member == request.MemberId && m.Request == request.RequestId);
            if (before.Slot is not null)
                return before.Slot.Id == request.SlotId && before.Party == request.PartySize ? "booked" : "idempotency_key_reused";
            var slot = slots.Single(s => s.Id == request.SlotId);
            var (user, union) = members.Single(m => m.User.Id == request.MemberId);
            var code = Refused(request, slot, made.Where(m => m.Member == user.Id).Select(m => m.Slot).ToList(), union);
            if (code is null)
                made.Add((user.Id, union.Id, slot, request.PartySize, request.RequestId));
            return code ?? "booked";
        }

        string? Refused(BookingRequest request, Slot slot, List<Slot> own, Union union)
        {
            if (request.PartySize < 1) return "party_too_small";
            if (request.PartySize > slot.MaxParty) return "party_too_big";
            if (own.Contains(slot)) return "already_booked";
            var taken = made.Where(m => m.Slot == slot).Sum(m => slot.Capacity == 1 ? 1 : m.Party);
            if (taken + (slot.Capacity == 1 ? 1 : request.PartySize) > slot.Capacity) return taken < slot.Capacity ? "too_few_places" : "slot_full";
            if (own.Any(o => o.StartsAt < slot.EndsAt && slot.StartsAt < o.EndsAt)) return "own_clash";
            if (now < slot.QuotaLiftedAt)
            {
                if (own.Count >= Open) return "open_bookings_used";
                if (own.Where(o => o.Activity == slot.Activity).Append(slot).Sum(o => (o.EndsAt - o.StartsAt).TotalMinutes) > Quota) return "quota_used";
            }
            var people = made.Where(m => m.Union == union.Id && SiteTime.DayOf(m.Slot.StartsAt) == SiteTime.DayOf(slot.StartsAt)).Sum(m => m.Party);
            return union.DailyCap is { } cap && people + request.PartySize > cap ? "union_day_full" : null;
        }
    }
}

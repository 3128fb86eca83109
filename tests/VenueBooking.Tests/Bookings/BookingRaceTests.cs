using System.Net;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Bookings;

public sealed class BookingRaceTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData(1, 200), InlineData(10, 240)]
    public async Task A_slot_goes_to_exactly_as_many_as_it_holds(int capacity, int members)
    {
        var slot = await Make.Slot(await Make.Space(capacity: capacity), capacity: capacity);
        var replies = await AllAtOnce(await Clients(members), (client, _) => client.Post($"/api/v1/slots/{slot.Id}/bookings", new { partySize = 1 }));
        Assert.Equal(capacity, replies.Count(r => r.Status == HttpStatusCode.Created));
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.Created), r => Assert.Equal((HttpStatusCode.Conflict, "slot_full"), (r.Status, r.Code)));
        await Invariants.HoldAsync(App);
    }

    [Fact]
    public async Task A_member_who_asks_from_many_devices_at_once_gets_one_of_slots_that_overlap()
    {
        var client = await App.ApiAs(await Make.Worker());
        var slots = new List<Guid>();
        for (var i = 0; i < 12; i++)
            slots.Add((await Make.Slot()).Id);
        var replies = await AllAtOnce(slots, (slot, _) => client.Post($"/api/v1/slots/{slot}/bookings", new { partySize = 1 }));
        Assert.Single(replies, r => r.Status == HttpStatusCode.Created);
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.Created), r => Assert.Equal("own_clash", r.Code));
        await Invariants.HoldAsync(App);
    }

    [Fact]
    public async Task A_member_who_asks_from_many_devices_at_once_gets_no_more_than_may_be_open()
    {
        var client = await App.ApiAs(await Make.Worker());
        var replies = await AllAtOnce(await SlotsOfDaysAhead(12, minutes: 30), (slot, _) => client.Post($"/api/v1/slots/{slot}/bookings", new { partySize = 1 }));
        Assert.Equal(2, replies.Count(r => r.Status == HttpStatusCode.Created));
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.Created), r => Assert.Equal("open_bookings_used", r.Code));
        await Invariants.HoldAsync(App);
    }

    [Fact]
    public async Task A_member_who_asks_from_many_devices_at_once_gets_no_more_than_the_weeks_hours()
    {
        var client = await App.ApiAs(await Make.Worker());
        var replies = await AllAtOnce(await SlotsOfDaysAhead(12, minutes: 120), (slot, _) => client.Post($"/api/v1/slots/{slot}/bookings", new { partySize = 1 }));
        Assert.Single(replies, r => r.Status == HttpStatusCode.Created);
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.Created), r => Assert.Equal("quota_used", r.Code));
        await Invariants.HoldAsync(App);
    }

    [Fact]
    public async Task The_same_key_sent_many_times_at_once_books_once()
    {
        var slot = await Make.Slot(await Make.Space(capacity: 20));
        var client = await App.ApiAs(await Make.Worker());
        var replies = await AllAtOnce(Enumerable.Range(0, 30), (_, _) => client.Post($"/api/v1/slots/{slot.Id}/bookings", new { partySize = 2 }, key: "one-and-the-same"));
        Assert.All(replies, r => Assert.Equal(HttpStatusCode.Created, r.Status));
        Assert.Single(replies.Select(r => r["id"].GetString()).Distinct());
        Assert.Equal(2, await App.Scalar<int>("select taken from slots where id = $1", slot.Id));
    }

    [Fact]
    public async Task A_unions_daily_cap_holds_when_its_members_come_together()
    {
        var union = await Make.GrassrootsUnion(dailyCap: 5);
        var slots = new List<Guid>();
        for (var i = 0; i < 20; i++)
            slots.Add((await Make.Slot()).Id);
        var clients = new List<ApiClient>();
        for (var i = 0; i < slots.Count; i++)
            clients.Add(await App.ApiAs(await Make.Worker(union)));
        var replies = await AllAtOnce(clients, (client, i) => client.Post($"/api/v1/slots/{slots[i]}/bookings", new { partySize = 1 }));
        Assert.Equal(5, replies.Count(r => r.Status == HttpStatusCode.Created));
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.Created), r => Assert.Equal("union_day_full", r.Code));
    }

    [Fact]
    public async Task Booking_and_cancelling_in_a_crowd_leaves_every_counter_true()
    {
        var slots = new List<Guid>();
        var space = await Make.Space(capacity: 5);
        for (var i = 0; i < 3; i++)
            slots.Add((await Make.Slot(space, startsAt: App.Now.AddHours(5 + i), capacity: 5)).Id);
        await AllAtOnce(await Clients(40), async (client, i) =>
        {
            var made = await client.Post($"/api/v1/slots/{slots[i % 3]}/bookings", new { partySize = 1 + (i % 3) });
            return made.Status == HttpStatusCode.Created && i % 2 == 0
                ? await client.Post($"/api/v1/bookings/{made["id"].GetString()}/cancellation")
                : made;
        });
        await Invariants.HoldAsync(App);
    }

    /// <summary>Slots of this week, none overlapping another, for which quotas count.</summary>
    async Task<List<Guid>> SlotsOfDaysAhead(int count, int minutes)
    {
        var slots = new List<Guid>();
        for (var i = 0; i < count; i++)
            slots.Add((await Make.Slot(startsAt: App.Now.AddDays(3).AddMinutes(i * minutes), minutes: minutes)).Id);
        return slots;
    }

    async Task<List<ApiClient>> Clients(int count)
    {
        var union = await Make.GrassrootsUnion();
        var clients = new List<ApiClient>();
        for (var i = 0; i < count; i++)
            clients.Add(await App.ApiAs(await Make.Worker(union)));
        return clients;
    }

    static Task<ApiReply[]> AllAtOnce<T>(IEnumerable<T> all, Func<T, int, Task<ApiReply>> ask) =>
        Task.WhenAll(all.Select((one, i) => Task.Run(() => ask(one, i))));
}

using System.Globalization;
using System.Net.ServerSentEvents;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Bookings;
using VenueBooking.Data;
using VenueBooking.Supply;
using VenueBooking.Tests.Support;
using VenueBooking.Unions;

namespace VenueBooking.Tests.Bookings;

/// <summary>Two instances on one database, with caches as in operation: who looks at a day sees what others do to it.</summary>
public sealed class LiveSlotsTests : IAsyncLifetime
{
    const string Day = "2026-06-02";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    App here = null!, beside = null!;
    Slot slot = null!;

    public async Task InitializeAsync()
    {
        here = await App.StartAsync(Caching);
        beside = await here.StartBesideAsync(Caching);
        slot = await here.Make.Slot();
    }

    public async Task DisposeAsync()
    {
        await beside.DisposeAsync();
        await here.DisposeAsync();
    }

    [Fact]
    public async Task A_booking_on_one_instance_is_told_on_another_and_its_grid_is_read_anew()
    {
        var client = await here.ApiAs(await here.Make.Worker());
        await using var live = await Live.OpenAsync(beside, slot);
        Assert.Equal("可约", await SeenOn(beside));

        Assert.Null((await client.Post($"/api/v1/slots/{slot.Id}/bookings")).Code);

        Assert.True(await live.HearsAsync(Patience));
        Assert.Equal("已满", await SeenOn(beside));
        Assert.Equal("已满", await SeenOn(here));
    }

    [Fact]
    public async Task What_a_longer_transaction_frees_is_told_when_it_is_true()
    {
        var member = await here.Make.Worker();
        await here.Make.Booking(slot, member);
        await using var live = await Live.OpenAsync(here, slot);

        await here.With(async (IServiceProvider services) =>
        {
            await using var work = await services.GetRequiredService<AppDb>().Database.BeginTransactionAsync();
            await services.GetRequiredService<IMembershipEffect>().EndedAsync([member.Id], default);
            Assert.False(await live.HearsAsync(TimeSpan.FromMilliseconds(500)));
            Assert.Equal("已满", await SeenOn(here));
            await work.CommitAsync();
            return 0;
        });

        Assert.True(await live.HearsAsync(Patience));
        Assert.Equal("可约", await SeenOn(here));
    }

    [Fact]
    public async Task The_list_of_slots_is_no_older_than_the_reading_it_is_made_of()
    {
        Assert.Equal("可约", await SeenOn(here));
        // Told to nobody, as where the database passes on no notifications.
        await here.Execute("update slots set state = 'closed'");
        var old = Task.Delay(1050);
        await Task.Delay(700);
        await ListedOn(here);
        await old;

        Assert.Equal("closed", await ListedOn(here));
    }

    [Fact]
    public async Task A_grid_that_is_kept_is_everybodys_and_nobodys()
    {
        var member = await here.Make.Worker();
        await here.Make.Booking(slot, member);

        Assert.Equal("已满", await SeenOn(here));
        Assert.Equal("我已约", await SeenBy(await here.SignedInAs(member)));
        Assert.Equal("Full", await SeenBy(here.Visitor("en")));
        Assert.Equal("已满", await SeenOn(here));
    }

    [Fact]
    public async Task What_is_made_of_a_day_is_kept_until_the_day_changes()
    {
        var first = await ReadingAsync();
        await Task.Delay(1050);
        Assert.Equal(first, await ReadingAsync());

        await here.Make.Booking(slot);
        await Task.Delay(1050);
        Assert.NotEqual(first, await ReadingAsync());
    }

    Task<Guid> ReadingAsync() => here.With(async (Availability availability) =>
        (await availability.VenueDayAsync(slot.VenueId, DateOnly.Parse(Day, CultureInfo.InvariantCulture))).Reading);

    static void Caching(IServiceCollection services) => services.AddSingleton(new BookingRules { CacheMilliseconds = 1000 });

    Task<string> SeenOn(App app) => SeenBy(app.Visitor());

    async Task<string> SeenBy(Visitor visitor) => (await visitor.GetFragment($"/venues/{slot.VenueId}/slots?date={Day}")).One(".chip-note").TextContent.Trim();

    async Task<string?> ListedOn(App app) =>
        (await (await app.ApiAs(null)).Get($"/api/v1/slots?date={Day}&venueId={slot.VenueId}")).Items.Single().GetProperty("state").GetString();

    /// <summary>A page's open stream.</summary>
    sealed class Live : IAsyncDisposable
    {
        readonly Stream stream;
        readonly IAsyncEnumerator<SseItem<string>> events;
        Task<bool>? next;

        Live(Stream stream) => (this.stream, events) = (stream, SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator());

        public static async Task<Live> OpenAsync(App app, Slot slot)
        {
            var live = new Live(await app.Visitor().Http.GetStreamAsync($"/slots/stream?date={Day}&venueId={slot.VenueId}"));
            Assert.True(await live.events.MoveNextAsync());
            Assert.Equal("ready", live.events.Current.EventType);
            return live;
        }

        /// <summary>Whether an event <c>slots</c> comes within the time.</summary>
        public async Task<bool> HearsAsync(TimeSpan time)
        {
            next ??= events.MoveNextAsync().AsTask();
            if (await Task.WhenAny(next, Task.Delay(time)) != next)
                return false;
            Assert.True(await next);
            next = null;
            return events.Current.EventType == "slots";
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}

using VenueBooking.Bookings;

namespace VenueBooking.Tests.Bookings;

/// <summary>What is shown as free is young, and younger than every change that was told.</summary>
public sealed class SlotCacheTests : IDisposable
{
    static readonly SlotCache.Day Today = new(Guid.CreateVersion7(), new(2026, 6, 1)), AllToday = new(Guid.Empty, Today.Date);

    readonly SlotNews news = new();
    int read;

    public void Dispose() => news.Dispose();

    [Fact]
    public async Task One_reading_serves_all_who_ask_while_it_is_young()
    {
        var cache = Cache(1000);

        Assert.Equal((1, 1), (await Read(cache), await Read(cache)));
        Assert.Equal(2, await Read(cache, Today with { Date = Today.Date.AddDays(1) }));
    }

    [Fact]
    public async Task An_old_reading_is_made_anew()
    {
        var cache = Cache(40);
        await Read(cache);
        await Task.Delay(60);

        Assert.Equal(2, await Read(cache));
    }

    [Fact]
    public async Task A_change_drops_what_was_read_of_its_day_and_venue_alone()
    {
        var cache = Cache(1000);
        var other = Today with { VenueId = Guid.CreateVersion7() };
        Assert.Equal((1, 2), (await Read(cache), await Read(cache, other)));

        news.Report(Today.VenueId, Today.Date);

        Assert.Equal((3, 2), (await Read(cache), await Read(cache, other)));
    }

    [Fact]
    public async Task A_change_drops_the_whole_day_of_all_venues_after_a_moment()
    {
        var cache = Cache(1000);
        await Read(cache, AllToday);
        news.Report(Today.VenueId, Today.Date);
        await Task.Delay(200);

        Assert.Equal(2, await Read(cache, AllToday));
    }

    [Fact]
    public async Task A_reading_under_way_serves_who_asks_meanwhile_but_nobody_who_asks_after_a_change()
    {
        var cache = Cache(1000);
        var gate = new TaskCompletionSource();
        var first = Read(cache, until: gate.Task);
        var second = Read(cache);
        news.Report(Today.VenueId, Today.Date);
        var third = await Read(cache);
        gate.SetResult();

        Assert.Equal((1, 1, 2), (await first, await second, third));
        Assert.Equal(2, await Read(cache));
    }

    [Fact]
    public async Task A_reading_that_grows_old_is_given_out_while_it_is_renewed()
    {
        var (cache, gate) = await BeingRenewedAsync();
        Assert.Equal(1, await Read(cache));
        gate.SetResult();

        Assert.Equal(2, await Read(cache));
    }

    [Fact]
    public async Task A_change_that_is_told_while_a_reading_is_renewed_drops_both()
    {
        var (cache, gate) = await BeingRenewedAsync();
        news.Report(Today.VenueId, Today.Date);

        Assert.Equal(3, await Read(cache));
        gate.SetResult();
        Assert.Equal(3, await Read(cache));
    }

    [Fact]
    public async Task A_reading_that_failed_is_not_kept()
    {
        var cache = Cache(1000);
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync<int>(Today, "slots", _ => throw new InvalidOperationException()));

        Assert.Equal(1, await Read(cache));
    }

    /// <summary>Read once, grown old, and asked for again: the old reading was given out, the new one waits at the gate.</summary>
    async Task<(SlotCache, TaskCompletionSource Gate)> BeingRenewedAsync()
    {
        var (cache, gate) = (Cache(1000), new TaskCompletionSource());
        await Read(cache);
        await Task.Delay(600);
        Assert.Equal(1, await Read(cache, until: gate.Task));
        return (cache, gate);
    }

    SlotCache Cache(int milliseconds) => new(news, new() { CacheMilliseconds = milliseconds });

    Task<int> Read(SlotCache cache, SlotCache.Day? day = null, Task? until = null) => cache.GetAsync(day ?? Today, "slots", async (int _) =>
    {
        var number = ++read;
        await (until ?? Task.CompletedTask);
        return number;
    });
}

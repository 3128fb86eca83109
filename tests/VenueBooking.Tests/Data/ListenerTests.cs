using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Data;

namespace VenueBooking.Tests.Data;

public sealed class ListenerTests(AppLease lease) : AppTest(lease)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(100);

    readonly Channel<string> heard = Channel.CreateUnbounded<string>();
    int looks;

    [Fact]
    public async Task What_is_said_is_heard_and_looked_after_also_once_the_connection_was_cut()
    {
        using var stop = new CancellationTokenSource();
        var listening = App.Services.GetRequiredService<Listener>().ListenAsync("test_news", text => heard.Writer.TryWrite(text), LookAsync, stop.Token);
        await UntilAsync(() => looks == 1);

        await SayAsync("one");
        Assert.Equal("one", await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        await UntilAsync(() => looks == 2);

        Assert.Equal(1L, await App.Scalar<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where query = 'listen test_news'"));
        await UntilAsync(() => looks == 3);
        await SayAsync("two");
        Assert.Equal("two", await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience));

        await stop.CancelAsync();
        await listening.WaitAsync(Patience);
    }

    [Fact]
    public async Task Work_that_fails_is_begun_again_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var tries = 0;

        await App.Services.GetRequiredService<Listener>().KeepAsync("test_news", ct =>
        {
            if (++tries < 2)
                throw new InvalidOperationException("trouble");
            stop.Cancel();
            ct.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }, stop.Token).WaitAsync(Patience);

        Assert.Equal(2, tries);
    }

    Task LookAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref looks);
        return Task.CompletedTask;
    }

    Task<int> SayAsync(string text) => App.Execute("select pg_notify('test_news', $1)", text);

    static async Task UntilAsync(Func<bool> holds)
    {
        for (var waited = TimeSpan.Zero; !holds() && waited < Patience; waited += Pause)
            await Task.Delay(Pause);
        Assert.True(holds());
    }
}

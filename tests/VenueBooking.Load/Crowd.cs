using System.Collections.Concurrent;
using System.Diagnostics;

namespace VenueBooking.Load;

/// <summary>
/// Many clients, each on a connection of its own that stays open as a phone's or a browser's does, working off one queue of
/// requests as fast as they are answered.
/// </summary>
sealed class Crowd(int clients) : IDisposable
{
    readonly RawClient[] connections = [.. Enumerable.Range(0, clients).Select(_ => new RawClient())];

    public sealed record Result(TimeSpan Took, double[] Milliseconds, IReadOnlyDictionary<int, int> Statuses)
    {
        public int Of(int status) => Statuses.GetValueOrDefault(status);
        public double PerSecond(int status) => Of(status) / Took.TotalSeconds;
    }

    public async Task<Result> SendAsync(IReadOnlyList<byte[]> requests)
    {
        var (next, times, statuses) = (-1, new double[requests.Count], new ConcurrentDictionary<int, int>());
        var since = Stopwatch.StartNew();
        await Task.WhenAll(connections.Take(requests.Count).Select(async client =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Count;)
            {
                var begin = Stopwatch.GetTimestamp();
                var (status, _) = await client.SendAsync(requests[i]);
                times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
            }
        }));
        return new(since.Elapsed, times, statuses);
    }

    public void Dispose()
    {
        foreach (var client in connections)
            client.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace VenueBooking.Load;

/// <summary>Many clients, each on a connection of its own, working off one queue of requests as fast as they are answered.</summary>
static class Crowd
{
    public sealed record Result(TimeSpan Took, double[] Milliseconds, IReadOnlyDictionary<int, int> Statuses)
    {
        public int Of(int status) => Statuses.GetValueOrDefault(status);
        public double PerSecond(int status) => Of(status) / Took.TotalSeconds;
    }

    public static async Task<Result> SendAsync(int clients, IReadOnlyList<byte[]> requests)
    {
        var connections = Enumerable.Range(0, Math.Min(clients, requests.Count)).Select(_ => new RawClient()).ToArray();
        var (next, times, statuses) = (-1, new double[requests.Count], new ConcurrentDictionary<int, int>());
        var since = Stopwatch.StartNew();
        await Task.WhenAll(connections.Select(async client =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < requests.Count;)
            {
                var begin = Stopwatch.GetTimestamp();
                var (status, _) = await client.SendAsync(requests[i]);
                times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
            }
        }));
        var took = since.Elapsed;
        foreach (var client in connections)
            client.Dispose();
        return new(took, times, statuses);
    }
}

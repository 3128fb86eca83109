using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;

namespace VenueBooking.Load;

/// <summary>
/// The power goes in the middle of the rush: service, database or both are killed at a random moment, then started again.
/// Every booking that was acknowledged must be there, nothing twice, counters equal to rows, one confirmation each.
/// </summary>
static class Crash
{
    public static async Task<Report> RunAsync(Bench bench)
    {
        var slots = await bench.MakeSlotsAsync(bench.Settings.Members);
        var requests = BookingRequests.OneEach(slots, bench.Tokens);
        var report = new Report($"Crash: {bench.Settings.Rounds} rounds of kill -9 in the rush");
        var (acknowledged, lost, violations, doubled) = (0L, 0L, 0L, 0L);
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            var ids = await RushUntilKilledAsync(bench, requests, round);
            await RecoverAsync(bench);
            acknowledged += ids.Count;
            lost += ids.Count - await bench.CountAsync($"select count(*) from bookings where id = any('{{{string.Join(',', ids)}}}'::uuid[])");
            violations += await bench.CountAsync(Sql.Violations);
            doubled += await bench.CountAsync("""
                select (select count(*) from bookings b where b.state = 'booked' and b.created_at > now() - interval '1 hour'
                        and b.slot_id in (select s.id from slots s join agreements a on a.id = s.agreement_id where a.number like 'LOAD-%')
                        and not exists (select from outbox o where o.kind = 'booking_confirmed' and o.subject_id = b.id))
                     + (select count(*) from (select subject_id from outbox where kind = 'booking_confirmed' group by 1 having count(*) > 1) d)
                """);
            Console.WriteLine($"round {round + 1}: killed {Who(round)}, {ids.Count} acknowledged before");
            await bench.ForgetBookingsAsync();
        }
        report.Add("acknowledged bookings", $"{acknowledged:N0}", "> 0", acknowledged > 0);
        report.Add("acknowledged and lost", $"{lost}", "0", lost == 0);
        report.Add("invariants broken", $"{violations}", "0", violations == 0);
        report.Add("confirmations missing or doubled", $"{doubled}", "0", doubled == 0);
        return report;
    }

    static string Who(int round) => (round % 3) switch { 0 => "the service", 1 => "the database", _ => "both" };

    static async Task<List<string>> RushUntilKilledAsync(Bench bench, List<byte[]> requests, int round)
    {
        var acknowledged = new ConcurrentBag<string>();
        var database = await bench.DatabaseProcessAsync();
        var (next, stopped) = (-1, false);
        var clients = Enumerable.Range(0, bench.Settings.Clients).Select(async _ =>
        {
            using var client = new RawClient();
            for (int i; !Volatile.Read(ref stopped) && (i = Interlocked.Increment(ref next)) < requests.Count;)
            {
                try
                {
                    if ((await client.SendAsync(requests[i])).Status == 201)
                        acknowledged.Add(JsonDocument.Parse(client.Text).RootElement.GetProperty("id").GetString()!);
                }
                catch (Exception e) when (e is IOException or SocketException)
                {
                    return;
                }
            }
        }).ToList();
        // A service that has just started is slow to its first answer: the random moment is one of the rush, not of the wait for it.
        for (var waited = 0; acknowledged.IsEmpty && waited < 1000; waited++)
            await Task.Delay(10);
        await Task.Delay(Random.Shared.Next(5, 300));
        if (round % 3 != 0)
            Service.KillProcess(database);
        if (round % 3 != 1)
            bench.Service.Kill();
        if (round % 3 == 1)
            await Task.Delay(200);
        Volatile.Write(ref stopped, true);
        await Task.WhenAll(clients);
        return [.. acknowledged];
    }

    /// <summary>The database comes back by the next start; a service that outlived it must go on by itself.</summary>
    static async Task RecoverAsync(Bench bench)
    {
        await bench.RestartDatabaseAsync();
        if (bench.Service.HasEnded)
            await bench.Service.StartAsync();
        else
            await bench.Service.WaitAsync();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace VenueBooking.Load;

/// <summary>
/// Everybody wants the same few slots: clients ask for one after the other, full or not, and now and then give a place back, so
/// that all ask for the same rows at every moment. Beside it the same clients book a slot of their own each.
/// </summary>
static class Hot
{
    const int Slots = 20, Capacity = 20, Seconds = 3, GivesBackOneIn = 4;
    const double Share = 0.6;

    public static async Task<Report> RunAsync(Bench bench)
    {
        var distinct = BookingRequests.OneEach(await bench.MakeSlotsAsync(bench.Settings.Members), bench.Tokens);
        var hot = await bench.MakeSlotsAsync(Slots, Capacity);
        using var crowd = new Crowd(bench.Settings.Clients);
        List<double> apart = [], together = [], ratios = [];
        var broken = 0L;
        for (var round = -1; round < bench.Settings.Rounds; round++)
        {
            var calm = (await crowd.AllBookedAsync(distinct)).PerSecond(201);
            await bench.ForgetBookingsAsync();
            var (perSecond, statuses) = await RoundAsync(bench, hot);
            broken += await bench.CountAsync(Sql.Violations);
            await bench.ForgetBookingsAsync();
            if (round < 0)
                continue; // Compiled code and warm caches first.
            Console.WriteLine($"round {round + 1}: {calm:0} bookings/s apart, {perSecond:0} decisions/s on {Slots} slots ({string.Join(", ", statuses)})");
            apart.Add(calm);
            together.Add(perSecond);
            ratios.Add(perSecond / calm);
        }
        var report = new Report($"Hot: {bench.Settings.Clients} clients on {Slots} slots of {Capacity} places, one booking in {GivesBackOneIn} given back");
        report.Add("decisions/s on the hot slots", together.Spread());
        report.Add("bookings/s on distinct slots", apart.Spread());
        report.Add("ratio", ratios.Spread("0.00"), $"≥ {Share}", ratios.Median() >= Share);
        report.Add("invariants broken", $"{broken}", "0", broken == 0);
        return report;
    }

    /// <returns>Bookings, refusals and cancellations a second; any other answer ends the run.</returns>
    static async Task<(double PerSecond, IReadOnlyDictionary<int, int> Statuses)> RoundAsync(Bench bench, string[] slots)
    {
        var statuses = new ConcurrentDictionary<int, int>();
        var since = Stopwatch.StartNew();
        await Task.WhenAll(bench.Tokens.Take(bench.Settings.Clients).Select(async token =>
        {
            using var client = new RawClient();
            while (since.Elapsed < TimeSpan.FromSeconds(Seconds))
            {
                var status = await SendAsync(BookingRequests.Book(slots[Random.Shared.Next(slots.Length)], token));
                if (status is 201 && Random.Shared.Next(GivesBackOneIn) == 0)
                    await SendAsync(BookingRequests.Cancel(JsonDocument.Parse(client.Text).RootElement.GetProperty("id").GetString()!, token));
            }

            async Task<int> SendAsync(byte[] request)
            {
                var (status, _) = await client.SendAsync(request);
                if (status is not (200 or 201 or 409))
                    throw new InvalidOperationException($"answered {status}: {client.Text}");
                statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
                return status;
            }
        }));
        return (statuses.Values.Sum() / since.Elapsed.TotalSeconds, statuses);
    }
}

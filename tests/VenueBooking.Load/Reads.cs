using System.Globalization;

namespace VenueBooking.Load;

/// <summary>Availability of one venue and day, as JSON and as the page people see, with years of data behind it.</summary>
static class Reads
{
    // Warm as in the rush: as long as the runtime goes on compiling what is asked for most.
    const int WarmUps = 14, Requests = 10_000, Pages = 5_000, JsonTarget = 6000, PageTarget = 1500, TailTarget = 40;

    public static async Task<Report> RunAsync(Bench bench)
    {
        await bench.AgeAsync();
        var venue = await VenueAsync(bench);
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var report = new Report($"Reads: one venue and day, {bench.Settings.History:N0} bookings in the database, {bench.Settings.Clients} clients");
        await MeasureAsync(bench, report, "JSON", RawClient.Get($"/api/v1/slots?venueId={venue}&date={day}"), Requests, JsonTarget);
        await MeasureAsync(bench, report, "HTML page", RawClient.Get($"/venues/{venue}/slots?date={day}"), Pages, PageTarget);
        return report;
    }

    static async Task MeasureAsync(Bench bench, Report report, string name, byte[] request, int count, int target)
    {
        var requests = Enumerable.Repeat(request, count).ToList();
        using var crowd = new Crowd(bench.Settings.Clients);
        for (var i = 0; i < WarmUps; i++)
            await crowd.SendAsync(requests);
        List<double> rates = [], tails = [];
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            var result = await crowd.SendAsync(requests);
            if (result.Of(200) != count)
                throw new InvalidOperationException($"{name}: {string.Join(", ", result.Statuses)}");
            rates.Add(result.PerSecond(200));
            tails.Add(result.Milliseconds.Percentile(0.99));
            Console.WriteLine($"{name}, round {round + 1}: {rates[^1]:0}/s, p99 {tails[^1]:0.0} ms");
        }
        report.Add($"{name}, answers/s", rates.Spread(), $"≥ {target:N0}", rates.Median() >= target);
        report.Add($"{name}, p99 ms", tails.Spread("0.0"), $"≤ {TailTarget}", tails.Median() <= TailTarget);
    }

    static async Task<string> VenueAsync(Bench bench)
    {
        await using var connection = await bench.OpenAsync();
        await using var select = new Npgsql.NpgsqlCommand(
            "select venue_id from slots where starts_at > now() and state = 'open' group by venue_id order by count(*) desc limit 1", connection);
        return ((Guid)(await select.ExecuteScalarAsync())!).ToString();
    }
}

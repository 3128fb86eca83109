namespace VenueBooking.Load;

/// <summary>
/// The evening the season opens: every member books a slot of their own at the same moment, full policy, over HTTP with
/// bearer tokens. Measured beside the floor, alternating, in one run.
/// </summary>
static class Rush
{
    const int WarmUps = 10, Repeats = 5, FloorSeconds = 4;

    public static async Task<Report> RunAsync(Bench bench)
    {
        var slots = await bench.MakeSlotsAsync(bench.Settings.Members);
        if (bench.Settings.History > 0)
            await bench.ExecuteAsync(Sql.History(bench.Settings.History));
        await bench.ExecuteAsync("analyze");
        await Floor.PrepareAsync(bench);
        var requests = slots.Zip(bench.Tokens, (slot, token) => RawClient.Post($"/api/v1/slots/{slot}/bookings", token, """{"partySize":1}""")).ToList();
        await WarmAsync(bench, requests);

        List<double> rates = [], floors = [], ratios = [], tails = [], floorLatencies = [], lone = [], memory = [], service = [], database = [], generator = [];
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            var floor = await Floor.MeasureAsync(bench, FloorSeconds);
            var (rate, p99, cpu, booked) = await RoundAsync(bench, requests);
            Console.WriteLine($"round {round + 1}: floor {floor.PerSecond:0}/s, service {rate:0}/s, p99 {p99:0.0} ms");
            rates.Add(rate);
            floors.Add(floor.PerSecond);
            floorLatencies.Add(floor.Latency);
            ratios.Add(rate / floor.PerSecond);
            tails.Add(p99);
            service.Add(cpu.Service.TotalMilliseconds / booked);
            database.Add(cpu.Database.TotalMilliseconds / booked);
            generator.Add(cpu.Generator.TotalMilliseconds / booked);
            lone.Add(await LoneAsync(bench, requests));
            memory.Add(bench.Service.ResidentBytes / 1048576.0);
        }
        var report = new Report($"Rush: {bench.Settings.Members} members, {bench.Settings.Clients} clients, {bench.Settings.History:N0} bookings in the database");
        report.Add("bookings/s over HTTP", rates.Spread());
        report.Add("floor, one per commit, 16 connections, tx/s", floors.Spread());
        report.Add("ratio to the floor", ratios.Spread("0.00"), "≥ 1.0", ratios.Median() >= 1.0);
        report.Add("p99, ms", tails.Spread("0.0"), "≤ 10× the floor's latency", tails.Median() <= 10 * floorLatencies.Median());
        report.Add("floor's latency, ms", floorLatencies.Spread("0.00"));
        report.Add("processor time per booking: service, ms", service.Spread("0.000"));
        report.Add("processor time per booking: database, ms", database.Spread("0.000"));
        report.Add("processor time per booking: load generator, ms", generator.Spread("0.000"));
        report.Add("one lone booking, ms", lone.Spread("0.0"), "≤ 5", lone.Median() <= 5);
        report.Add("resident memory after, MB", memory.Spread(), "≤ 160", memory.Median() <= 160);
        report.Add("invariants broken", $"{await bench.CountAsync(Sql.Violations)}", "0", await bench.CountAsync(Sql.Violations) == 0);
        return report;
    }

    static async Task WarmAsync(Bench bench, List<byte[]> requests)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await Crowd.SendAsync(bench.Settings.Clients, requests);
            await bench.ForgetBookingsAsync();
        }
    }

    static async Task<(double Rate, double P99, ProcessorUse Used, int Booked)> RoundAsync(Bench bench, List<byte[]> requests)
    {
        var (took, booked, used, times) = (0.0, 0, ProcessorUse.None, new List<double>());
        for (var i = 0; i < Repeats; i++)
        {
            var before = await bench.ProcessorAsync();
            var result = await Crowd.SendAsync(bench.Settings.Clients, requests);
            used = used.And((await bench.ProcessorAsync()).Since(before));
            if (result.Of(201) != requests.Count)
                throw new InvalidOperationException($"not every booking was made: {string.Join(", ", result.Statuses)}");
            (took, booked) = (took + result.Took.TotalSeconds, booked + result.Of(201));
            times.AddRange(result.Milliseconds);
            await bench.ForgetBookingsAsync();
        }
        return (booked / took, times.Percentile(0.99), used, booked);
    }

    static async Task<double> LoneAsync(Bench bench, List<byte[]> requests)
    {
        var result = await Crowd.SendAsync(1, requests.Take(100).ToList());
        await bench.ForgetBookingsAsync();
        return result.Milliseconds.Median();
    }
}

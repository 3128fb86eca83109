namespace VenueBooking.Load;

/// <summary>
/// The evening the season opens: every member books a slot of their own at the same moment, full policy, over HTTP with
/// bearer tokens. Measured beside the floor, alternating, in one run.
/// </summary>
static class Rush
{
    // As long as the runtime goes on compiling what is asked for most; and about as long for the service as for the floor.
    const int WarmUps = 60, Repeats = 15, FloorSeconds = 4;

    public static async Task<Report> RunAsync(Bench bench)
    {
        var slots = await bench.MakeSlotsAsync(bench.Settings.Members);
        await bench.AgeAsync();
        await Floor.PrepareAsync(bench);
        var requests = BookingRequests.OneEach(slots, bench.Tokens);
        using var crowd = new Crowd(bench.Settings.Clients);
        await WarmAsync(bench, crowd, requests);

        var (rounds, lone, memory) = (new List<Round>(), new List<double>(), new List<double>());
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            rounds.Add(await RoundAsync(bench, crowd, requests));
            Console.WriteLine($"round {round + 1}: floor {rounds[^1].Floor:0}/s, service {rounds[^1].Rate:0}/s, p99 {rounds[^1].P99:0.0} ms");
            lone.Add(await LoneAsync(bench, requests));
            memory.Add(bench.Service.ResidentBytes / 1048576.0);
        }
        return await ReportAsync(bench, rounds, lone, memory);
    }

    static async Task<Report> ReportAsync(Bench bench, List<Round> rounds, List<double> lone, List<double> memory)
    {
        List<double> Of(Func<Round, double> figure) => [.. rounds.Select(figure)];
        List<double> PerBooking(Func<ProcessorUse, TimeSpan> who) => Of(r => who(r.Used).TotalMilliseconds / r.Booked);
        var (ratios, tails, floors) = (Of(r => r.Rate / r.Floor), Of(r => r.P99), Of(r => r.FloorLatency));
        var report = new Report($"Rush: {bench.Settings.Members} members, {bench.Settings.Clients} clients, {bench.Settings.History:N0} bookings in the database");
        report.Add("bookings/s over HTTP", Of(r => r.Rate).Spread());
        report.Add("floor, one per commit, 16 connections, tx/s", Of(r => r.Floor).Spread());
        report.Add("ratio to the floor", ratios.Spread("0.00"), "≥ 1.0", ratios.Median() >= 1.0);
        report.Add("p99, ms", tails.Spread("0.0"), "≤ 10× the floor's latency", tails.Median() <= 10 * floors.Median());
        report.Add("floor's latency, ms", floors.Spread("0.00"));
        report.Add("processor time per booking: service, ms", PerBooking(u => u.Service).Spread("0.000"));
        report.Add("processor time per booking: database, ms", PerBooking(u => u.Database).Spread("0.000"));
        report.Add("processor time per booking: load generator, ms", PerBooking(u => u.Generator).Spread("0.000"));
        report.Add("one lone booking, ms", lone.Spread("0.0"), "≤ 5", lone.Median() <= 5);
        report.Add("resident memory after, MB", memory.Spread(), "≤ 160", memory.Median() <= 160);
        return await report.WithInvariantsAsync(bench);
    }

    static async Task WarmAsync(Bench bench, Crowd crowd, List<byte[]> requests)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await crowd.SendAsync(requests);
            await bench.ForgetBookingsAsync();
        }
    }

    static async Task<Round> RoundAsync(Bench bench, Crowd crowd, List<byte[]> requests)
    {
        var floor = await Floor.MeasureAsync(bench, FloorSeconds);
        var (took, used, times) = (0.0, ProcessorUse.None, new List<double>());
        for (var i = 0; i < Repeats; i++)
        {
            var before = await bench.ProcessorAsync();
            var result = await crowd.AllBookedAsync(requests);
            used = used.And((await bench.ProcessorAsync()).Since(before));
            took += result.Took.TotalSeconds;
            times.AddRange(result.Milliseconds);
            await bench.ForgetBookingsAsync();
        }
        return new(times.Count / took, times.Percentile(0.99), floor.PerSecond, floor.Latency, used, times.Count);
    }

    static async Task<double> LoneAsync(Bench bench, List<byte[]> requests)
    {
        using var alone = new Crowd(1);
        var result = await alone.AllBookedAsync(requests.GetRange(0, 100));
        await bench.ForgetBookingsAsync();
        return result.Milliseconds.Median();
    }

    sealed record Round(double Rate, double P99, double Floor, double FloorLatency, ProcessorUse Used, int Booked);
}

namespace VenueBooking.Load;

/// <summary>A thousand people, one slot: exactly as many get it as there are places, and everybody is told at once.</summary>
static class Race
{
    public static async Task<Report> RunAsync(Bench bench)
    {
        var report = new Report($"Race: {bench.Settings.Clients} clients at once for one slot");
        foreach (var capacity in new[] { 1, 10 })
            for (var round = 0; round < 3; round++)
                await RoundAsync(bench, capacity, report);
        return await report.WithInvariantsAsync(bench);
    }

    static async Task RoundAsync(Bench bench, int capacity, Report report)
    {
        var slot = (await bench.MakeSlotsAsync(1, capacity))[0];
        var requests = bench.Tokens.Take(bench.Settings.Clients).Select(token => BookingRequests.Book(slot, token)).ToList();
        using var crowd = new Crowd(bench.Settings.Clients);
        var result = await crowd.SendAsync(requests);
        var (won, full) = (result.Of(201), result.Of(409));
        report.Add($"capacity {capacity}: got it / refused / other", $"{won} / {full} / {requests.Count - won - full}",
            $"{capacity} / {requests.Count - capacity} / 0", won == capacity && full == requests.Count - capacity);
        report.Add($"capacity {capacity}: all answered in, ms", $"{result.Took.TotalMilliseconds:0}", "≤ 2000", result.Took.TotalSeconds <= 2);
        var rows = await bench.CountAsync($"select count(*) from bookings where slot_id = '{slot}' and state = 'booked'");
        report.Add($"capacity {capacity}: rows", $"{rows}", $"{capacity}", rows == capacity);
        await bench.ForgetBookingsAsync();
    }
}

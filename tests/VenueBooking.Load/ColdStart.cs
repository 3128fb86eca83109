namespace VenueBooking.Load;

/// <summary>From process start to the first page that needed the database.</summary>
static class ColdStart
{
    public static async Task<Report> RunAsync(Bench bench)
    {
        List<double> seconds = [];
        for (var round = 0; round < bench.Settings.Rounds; round++)
        {
            bench.Service.Stop();
            seconds.Add((await bench.Service.StartAsync("/find")).TotalSeconds);
        }
        var report = new Report("Cold start");
        report.Add("process start to first database-backed page, s", seconds.Spread("0.00"), "≤ 1.5", seconds.Median() <= 1.5);
        return report;
    }
}

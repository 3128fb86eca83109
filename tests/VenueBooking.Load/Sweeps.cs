using System.Diagnostics;

namespace VenueBooking.Load;

/// <summary>
/// A hundred thousand reminders, questions, releases and no-shows fall due at the same moment, while members go on booking.
/// The service's own schedule does the work, as it would.
/// </summary>
static class Sweeps
{
    const int Due = 100_000, PatienceSeconds = 600, WorkTarget = 60;
    const double MostLost = 0.2;

    static readonly (string Job, string Notice, string StartsIn, string ConfirmBy)[] Kinds =
    [
        ("send_reminders", "booking_reminder", "90 minutes", "null::timestamptz"),
        ("ask_reconfirmation", "booking_reconfirm", "36 hours", "now() + interval '12 hours'"),
        ("release_unconfirmed", "booking_released", "23 hours", "now() - interval '1 hour'"),
        ("mark_no_shows", "booking_no_show", "-20 minutes", "null::timestamptz"),
    ];

    public static async Task<Report> RunAsync(Bench bench)
    {
        var requests = BookingRequests.OneEach(await bench.MakeSlotsAsync(bench.Settings.Members), bench.Tokens);
        using var crowd = new Crowd(bench.Settings.Clients);
        for (var i = 0; i < 5; i++)
            await RateAsync(bench, crowd, requests);
        List<double> before = [], during = [];
        for (var i = 0; i < bench.Settings.Rounds * 2; i++)
            before.Add(await RateAsync(bench, crowd, requests));
        foreach (var kind in Kinds)
            await bench.ExecuteAsync(Sql.DueBookings(Due, bench.Settings.Members, kind.StartsIn, kind.ConfirmBy));
        await bench.ExecuteAsync("analyze");
        var waited = Stopwatch.StartNew();
        while (await bench.CountAsync(Sql.ToldOf([.. Kinds.Select(k => k.Notice)])) < Due * Kinds.Length)
        {
            during.Add(await RateAsync(bench, crowd, requests));
            if (waited.Elapsed.TotalSeconds > PatienceSeconds)
                throw new TimeoutException($"the sweeps did not come to an end: {await bench.TextAsync(Sql.WhatJobsSay)}");
        }
        var report = new Report($"Sweeps: {Due:N0} each of {string.Join(", ", Kinds.Select(k => k.Job))} due at once, {bench.Settings.Clients} clients booking meanwhile");
        foreach (var kind in Kinds)
        {
            var seconds = await bench.CountAsync(Sql.WorkMilliseconds(kind.Job)) / 1000.0;
            report.Add($"{kind.Job}: at work for, s", $"{seconds:0.0}", $"≤ {WorkTarget}", seconds <= WorkTarget);
        }
        report.Add("from due to all done, waiting for the schedule included, s", $"{waited.Elapsed.TotalSeconds:0}");
        report.Add("bookings/s before", before.Spread());
        report.Add("bookings/s meanwhile", during.Spread());
        var kept = during.Median() / before.Median();
        report.Add("rate kept", $"{kept:0.00}", $"≥ {1 - MostLost}", kept >= 1 - MostLost);
        return report;
    }

    static async Task<double> RateAsync(Bench bench, Crowd crowd, IReadOnlyList<byte[]> requests)
    {
        var rate = (await crowd.AllBookedAsync(requests)).PerSecond(201);
        await bench.ForgetBookingsAsync();
        return rate;
    }
}

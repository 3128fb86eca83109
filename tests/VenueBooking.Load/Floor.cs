using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace VenueBooking.Load;

/// <summary>The same booking by pgbench: what the database can do when nobody stands before it.</summary>
static partial class Floor
{
    public static Task PrepareAsync(Bench bench) => RunEachAsync(bench, Sql.FloorTables(bench.Settings.History));

    // vacuum cannot run inside the transaction that several statements sent together make.
    static async Task RunEachAsync(Bench bench, string sql)
    {
        foreach (var statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await bench.ExecuteAsync(statement);
    }

    /// <returns>Transactions a second and the average latency in milliseconds, at 16 connections.</returns>
    public static async Task<(double PerSecond, double Latency)> MeasureAsync(Bench bench, int seconds)
    {
        await bench.ExecuteAsync("update floor_slots set taken = 0 where taken > 0");
        var script = Path.GetTempFileName();
        // One line per command is what pgbench reads; a statement may span lines until its semicolon.
        await File.WriteAllTextAsync(script, Sql.FloorScript);
        var target = new NpgsqlConnectionStringBuilder(bench.ConnectionString);
        var start = new ProcessStartInfo(Pgbench(),
            ["-h", target.Host!, "-U", target.Username!, "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", $"{seconds}", "-f", script, target.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(script);
        // As after a round of the service: its dead rows are not left to be swept up beside the other.
        await bench.ExecuteAsync("vacuum floor_slots, floor_bookings, floor_quota, floor_outbox");
        return (Number(PerSecond().Match(output)), Number(Latency().Match(output)));
    }

    static double Number(Match match) =>
        match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException("pgbench said nothing");

    static string Pgbench() => Directory.GetDirectories("/usr/lib/postgresql").Select(d => d + "/bin/pgbench").Where(File.Exists).Max()
        ?? throw new InvalidOperationException("pgbench is missing: install postgresql");

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"latency average = ([\d.]+)")]
    private static partial Regex Latency();
}

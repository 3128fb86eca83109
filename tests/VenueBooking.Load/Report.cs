using System.Globalization;
using System.Text.Json;

namespace VenueBooking.Load;

/// <summary>Rows for people, the same as JSON for the next run to compare with.</summary>
sealed class Report(string title)
{
    readonly List<(string What, string Value, string Target, bool? Held)> rows = [];
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public bool Held => rows.TrueForAll(r => r.Held is not false);

    public void Add(string what, string value, string target = "", bool? held = null) => rows.Add((what, value, target, held));

    /// <summary>With the last line that every run has: counters equal to rows, nothing booked twice.</summary>
    public async Task<Report> WithInvariantsAsync(Bench bench)
    {
        var broken = await bench.CountAsync(Sql.Violations);
        Add("invariants broken", $"{broken}", "0", broken == 0);
        return this;
    }

    public void Print()
    {
        Console.WriteLine($"\n{title}\n");
        Console.WriteLine("| what | measured | target | held |\n|---|---|---|---|");
        foreach (var (what, value, target, held) in rows)
            Console.WriteLine($"| {what} | {value} | {target} | {held switch { true => "yes", false => "NO", null => "" }} |");
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(rows.Select(r => new { r.What, r.Value, r.Target, r.Held }), Indented));
    }
}

/// <summary>What several rounds came to.</summary>
static class Figures
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(0.5);

    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    public static string Spread(this IReadOnlyCollection<double> values, string format = "#,##0") => string.Create(CultureInfo.InvariantCulture,
        $"{values.Median().ToString(format, CultureInfo.InvariantCulture)} ({values.Min().ToString(format, CultureInfo.InvariantCulture)}–{values.Max().ToString(format, CultureInfo.InvariantCulture)})");
}

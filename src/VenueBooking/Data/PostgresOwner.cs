using System.Diagnostics;
using System.Globalization;

namespace VenueBooking.Data;

/// <summary>
/// The account PostgreSQL runs under. It refuses to run as root, so root hands it to "postgres" or else "nobody";
/// everybody else runs it as themselves.
/// </summary>
sealed class PostgresOwner
{
    readonly int? userId;
    readonly int groupId;

    PostgresOwner(int? userId, int groupId) => (this.userId, this.groupId) = (userId, groupId);

    /// <summary>True when this process is root and PostgreSQL runs under another account.</summary>
    public bool IsOther => userId is not null;

    /// <param name="cluster">An existing data directory keeps the owner it has.</param>
    public static async Task<PostgresOwner> ForAsync(string cluster)
    {
        if (!Environment.IsPrivilegedProcess)
            return new(null, 0);
        if (File.Exists(Path.Combine(cluster, "PG_VERSION")))
        {
            var stat = await Shell.RunAsync("stat", ["-c", "%u %g", cluster]);
            var ids = stat.Output.Split(' ', StringSplitOptions.TrimEntries);
            if (stat.Ok && ids[0] != "0")
                return new(Number(ids[0]), Number(ids[1]));
        }
        return Account("postgres") ?? Account("nobody") ?? new(65534, 65534);
    }

    public Task<ShellResult> RunAsync(string program, params string[] arguments) => userId is null
        ? Shell.RunAsync(program, arguments)
        : Shell.RunAsync("setpriv",
            [$"--reuid={userId}", $"--regid={groupId}", "--clear-groups", "--", program, .. arguments]);

    /// <summary>Makes a directory that only the owner may enter.</summary>
    public Task<ShellResult> MakeDirectoryAsync(string path) => Shell.RunAsync("install",
        ["-d", "-m", "700", .. userId is null ? Array.Empty<string>() : ["-o", $"{userId}", "-g", $"{groupId}"], path]);

    public async Task<bool> CanReachAsync(string directory) =>
        userId is null || (await RunAsync("test", "-x", directory)).Ok;

    static PostgresOwner? Account(string name)
    {
        var line = File.ReadLines("/etc/passwd").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return line?.Split(':') is [_, _, var user, var group, ..] ? new(Number(user), Number(group)) : null;
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

sealed record ShellResult(int ExitCode, string Output, string Error)
{
    public bool Ok => ExitCode == 0;
}

static class Shell
{
    public static async Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, (await output).Trim(), (await error).Trim());
    }
}

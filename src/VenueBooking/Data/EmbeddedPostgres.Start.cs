using System.Diagnostics;

namespace VenueBooking.Data;

// How a cluster comes to be and how its server is started.
public sealed partial class EmbeddedPostgres
{
    async Task PrepareAsync()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
            home = Resolve(directory);
            owner = await PostgresOwner.ForAsync(Cluster);
            if (owner.IsOther && !await owner.CanReachAsync(Path.GetDirectoryName(home)!))
                PlaceWithinReach();
            await MakeAsync(home);
            await MakeAsync(Resolve(SocketDirectory));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problem($"{directory} cannot be used by this account: {error.Message}", error);
        }
        binaries = await RunnableAsync(PostgresBinaries.Find(Cluster, AppContext.BaseDirectory, directory));
    }

    /// <summary>Root's own directories are closed to the account PostgreSQL runs under: a link leads to where it can go.</summary>
    void PlaceWithinReach()
    {
        home = Path.Combine(ReachableRoot, Guid.CreateVersion7().ToString("N"));
        Directory.CreateDirectory(ReachableRoot);
        if (Directory.Exists(directory))
            Directory.Delete(directory);
        Directory.CreateSymbolicLink(directory, home);
    }

    async Task MakeAsync(string path)
    {
        var made = await owner!.MakeDirectoryAsync(path);
        if (!made.Ok)
            throw Problem($"{path} cannot be used by this account ({made.Error}): start the service as its owner or choose another VenueBooking:DataDir");
    }

    /// <summary>Binaries that lie where their account cannot go (an npm package under /root) are copied to where it can.</summary>
    async Task<PostgresBinaries> RunnableAsync(PostgresBinaries found)
    {
        if (await owner!.CanReachAsync(found.Directory))
            return found;
        var copy = Path.Combine(ReachableRoot, $"postgresql-{found.Major}");
        if (!Directory.Exists(copy))
        {
            Directory.CreateDirectory(ReachableRoot);
            var copied = await Shell.RunAsync("cp", ["-a", Path.GetDirectoryName(found.Directory)!, copy]);
            if (!copied.Ok)
                throw Problem($"PostgreSQL cannot be copied to {copy}: {copied.Error}");
        }
        return found with { Directory = Path.Combine(copy, "bin") };
    }

    async Task InitialiseAsync()
    {
        if (File.Exists(Path.Combine(Cluster, "PG_VERSION")))
            return;
        // Built beside and moved into place: a kill in the middle leaves no half cluster behind.
        var draft = $"{Cluster}.{Environment.ProcessId}";
        string[] arguments = ["-D", draft, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
        var created = await owner!.RunAsync(binaries!.InitDb, arguments);
        if (!created.Ok)
            throw Problem($"initdb failed in {home}: {created.Error}");
        if (!settings.Volatile)
            await Shell.RunAsync("sync", ["-f", draft]);
        await File.AppendAllTextAsync(Path.Combine(draft, "postgresql.conf"), $"\ninclude '{EmbeddedSettings.FileName}'\n");
        Directory.Move(draft, Cluster);
    }

    async Task LaunchAsync(CancellationToken ct)
    {
        await settings.WriteAsync(Cluster, Resolve(SocketDirectory));
        var waited = Stopwatch.StartNew();
        while (true)
        {
            RemoveStaleLocks();
            var started = await owner!.RunAsync(binaries!.PgCtl, "-D", Cluster, "-l", LogFile, "-w", "-t", "60", "start");
            if (started.Ok || IsAlive)
                return;
            // Children of a killed server hold its shared memory until they notice.
            var reason = LastLogLine() ?? started.Error;
            if (!reason.Contains("shared memory", StringComparison.Ordinal) || waited.Elapsed > TimeSpan.FromSeconds(20))
                throw Problem($"PostgreSQL does not start in {home}: {reason}");
            await Task.Delay(300, ct);
        }
    }

    /// <summary>PostgreSQL mistakes a zombie for a running server and then refuses to start.</summary>
    void RemoveStaleLocks()
    {
        if (IsAlive)
            return;
        File.Delete(PidFile);
        foreach (var file in Directory.GetFiles(Resolve(SocketDirectory), ".s.PGSQL.*"))
            File.Delete(file);
    }

    string? LastLogLine() =>
        File.Exists(LogFile) ? File.ReadLines(LogFile).LastOrDefault(l => l.Contains("FATAL", StringComparison.Ordinal)) : null;

    static string Resolve(string path)
    {
        var info = new DirectoryInfo(path);
        if (info.LinkTarget is not null)
            return info.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        return info.Parent is { } parent ? Path.Combine(Resolve(parent.FullName), info.Name) : info.FullName;
    }
}

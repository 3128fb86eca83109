using System.Globalization;

namespace VenueBooking.Startup;

/// <summary>
/// Where the service keeps what is not in a configured database: the embedded server, mail that becomes files, notes of mail
/// handed over. Set with <c>VenueBooking:DataDir</c>; otherwise <c>.data</c> at the repository's root, or beside the program when deployed.
/// </summary>
public sealed class DataDirectory
{
    public DataDirectory(IConfiguration configuration, IHostEnvironment environment)
    {
        var configured = configuration["VenueBooking:DataDir"];
        Path = string.IsNullOrWhiteSpace(configured)
            ? System.IO.Path.Combine(Root(environment.ContentRootPath), ".data")
            : System.IO.Path.GetFullPath(configured);
    }

    public string Path { get; }

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    static string Root(string start)
    {
        for (var d = new DirectoryInfo(start); d is not null; d = d.Parent)
            if (File.Exists(System.IO.Path.Combine(d.FullName, "VenueBooking.sln")))
                return d.FullName;
        return start;
    }
}

/// <summary>Held for the life of the process, and let go by the kernel however it ends.</summary>
sealed class DataDirectoryLock : IDisposable
{
    readonly FileStream file;

    DataDirectoryLock(FileStream file) => this.file = file;

    /// <returns>null when another process holds it.</returns>
    /// <exception cref="StartupException">The directory cannot be written.</exception>
    public static DataDirectoryLock? TryTake(DataDirectory directory)
    {
        try
        {
            Directory.CreateDirectory(directory.Path);
            var holder = new DataDirectoryLock(new(directory.Of("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            File.WriteAllText(directory.Of("service.pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return holder;
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StartupProblems.Configuration($"the data directory {directory.Path} cannot be used: {error.Message}", error);
        }
    }

    public static string HolderOf(DataDirectory directory)
    {
        var file = directory.Of("service.pid");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "unknown";
    }

    public void Dispose() => file.Dispose();

    // EWOULDBLOCK, as .NET reports a lock that another process holds.
    const int WouldBlock = 11;
}

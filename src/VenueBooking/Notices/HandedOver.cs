using VenueBooking.Startup;

namespace VenueBooking.Notices;

/// <summary>
/// What a mail server took and the database does not know yet. Also kept in a file under the data directory, so that the process that
/// follows a killed one marks these mails instead of sending them again. The file outlives the process; that it also outlives
/// the machine is not worth a flush to disk for each mail.
/// </summary>
/// <remarks>
/// One file a process (<c>handed-over/*.ids</c>, 16 bytes a notice), locked while it lives: whatever file is not locked was left behind
/// and is taken over. Where the directory cannot be written, what is remembered lasts as long as the process.
/// </remarks>
public sealed partial class HandedOver : IDisposable
{
    const int IdBytes = 16;
    const int LongestFile = 4096 * IdBytes;

    readonly string directory;
    readonly ILogger<HandedOver> log;
    readonly Lock gate = new();
    readonly HashSet<Guid> ids = [];
    FileStream? file;
    bool inMemoryOnly;

    public HandedOver(DataDirectory data, ILogger<HandedOver> log)
    {
        directory = data.Of("handed-over");
        this.log = log;
        if (Directory.Exists(directory))
            foreach (var left in Directory.GetFiles(directory, "*.ids"))
                TakeOver(left);
    }

    public IReadOnlyCollection<Guid> All
    {
        get
        {
            lock (gate)
                return [.. ids];
        }
    }

    public void Add(IReadOnlyCollection<Guid> taken)
    {
        lock (gate)
        {
            var added = taken.Where(ids.Add).ToList();
            OnFile(f => Append(f, added));
        }
    }

    /// <summary>The database knows of them now.</summary>
    public void Remove(IReadOnlyCollection<Guid> marked)
    {
        lock (gate)
        {
            ids.ExceptWith(marked);
            if (file is not null && (ids.Count == 0 || file.Length > LongestFile))
                OnFile(Rewrite);
        }
    }

    void TakeOver(string left)
    {
        try
        {
            using var of = new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Add(Read(of));
            File.Delete(left);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another living process holds it, or has just taken it over.
        }
    }

    static List<Guid> Read(FileStream of)
    {
        var (found, id) = (new List<Guid>(), new byte[IdBytes]);
        // A last id that is not whole was never told to anybody as written.
        while (of.ReadAtLeast(id, IdBytes, throwOnEndOfStream: false) == IdBytes)
            found.Add(new(id));
        return found;
    }

    void OnFile(Action<FileStream> write)
    {
        if (inMemoryOnly)
            return;
        try
        {
            write(file ??= Create());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            inMemoryOnly = true;
            NotKept(directory, error.Message);
        }
    }

    FileStream Create()
    {
        Directory.CreateDirectory(directory);
        // No buffer of our own: what is written has to be with the kernel when the call returns.
        return new(Path.Combine(directory, $"{Guid.CreateVersion7():N}.ids"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    static void Append(FileStream file, IReadOnlyCollection<Guid> added) => file.Write([.. added.SelectMany(id => id.ToByteArray())]);

    void Rewrite(FileStream file)
    {
        file.Position = 0;
        Append(file, ids);
        file.SetLength(file.Position);
    }

    public void Dispose()
    {
        file?.Dispose();
        if (file is not null && ids.Count == 0)
            File.Delete(file.Name);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Directory} cannot be written ({Error}): mail handed over when this process is killed may go again")]
    partial void NotKept(string directory, string error);
}

using VenueBooking.Startup;

namespace VenueBooking.Notices;

/// <summary>
/// What a mail server took and the database does not know yet. Also kept in a file under the data directory, so that whoever comes after a
/// killed process marks these mails instead of sending them again. The file outlives the process; that it also outlives the machine is not
/// worth a flush to disk for each mail.
/// </summary>
/// <remarks>
/// One file a process (<c>handed-over/*.ids</c>, 16 bytes a notice), locked while it lives: a file that nobody holds was left behind. Where
/// nothing can be written, what is remembered lasts as long as the process.
/// </remarks>
public sealed partial class HandedOver(DataDirectory data, ILogger<HandedOver> log) : IDisposable
{
    const int IdBytes = 16;
    const int LongestFile = 4096 * IdBytes;

    readonly string directory = data.Of("handed-over");
    readonly Lock gate = new();
    readonly HashSet<Guid> ids = [];
    FileStream? file;
    string path = "";
    bool warned;

    /// <summary>All that has to be marked, also what processes that are no more have left.</summary>
    public IReadOnlyCollection<Guid> All()
    {
        lock (gate)
        {
            foreach (var left in Files().Where(f => f != path))
                TakeOver(left);
            return [.. ids];
        }
    }

    public void Add(IReadOnlyCollection<Guid> taken)
    {
        lock (gate)
        {
            var added = taken.Where(ids.Add).ToList();
            if (added.Count > 0)
                Keep(added);
        }
    }

    /// <summary>The database knows of them now.</summary>
    public void Remove(IReadOnlyCollection<Guid> marked)
    {
        lock (gate)
        {
            var before = ids.Count;
            ids.ExceptWith(marked);
            if (ids.Count < before && file is not null && (ids.Count == 0 || file.Length > LongestFile))
                Use(() => Rewrite(file));
        }
    }

    string[] Files()
    {
        var found = Array.Empty<string>();
        Use(() => found = Directory.Exists(directory) ? Directory.GetFiles(directory, "*.ids") : []);
        return found;
    }

    /// <summary>Not what another living process holds, or has just taken over.</summary>
    void TakeOver(string left) => Try(() =>
    {
        using var of = new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var found = Read(of);
        ids.UnionWith(found);
        if (found.Count == 0 || Keep(found))
            File.Delete(left);
    });

    static List<Guid> Read(FileStream of)
    {
        var (found, id) = (new List<Guid>(), new byte[IdBytes]);
        // A last id that is not whole was never told to anybody as written.
        while (of.ReadAtLeast(id, IdBytes, throwOnEndOfStream: false) == IdBytes)
            found.Add(new(id));
        return found;
    }

    bool Keep(IReadOnlyCollection<Guid> added) => Use(() =>
    {
        if (file is not null)
            Append(file, added);
        else
            Append(Create(), ids);
    });

    /// <summary>Locked before it has the name by which others find it.</summary>
    FileStream Create()
    {
        Directory.CreateDirectory(directory);
        path = Path.Combine(directory, $"{Guid.CreateVersion7():N}.ids");
        // No buffer of our own: what is written has to be with the kernel when the call returns.
        file = new FileStream($"{path}.new", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        File.Move(file.Name, path);
        return file;
    }

    static void Append(FileStream file, IReadOnlyCollection<Guid> added) => file.Write([.. added.SelectMany(id => id.ToByteArray())]);

    void Rewrite(FileStream file)
    {
        file.Position = 0;
        Append(file, ids);
        file.SetLength(file.Position);
    }

    /// <summary>Uses what is this process's own. What could not be written is tried anew, in another file, with what comes next.</summary>
    bool Use(Action use)
    {
        if (Try(use) is not { } error)
            return true;
        Close();
        if (!warned)
            NotKept(directory, error.Message);
        warned = true;
        return false;
    }

    /// <summary>What cannot be done with a file stops no mail.</summary>
    static Exception? Try(Action use)
    {
        try
        {
            use();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }

    void Close()
    {
        if (file is { } ours)
        {
            ours.Dispose();
            // Where it did not get its own name it still has the first, and nobody would look for it there.
            Try(() => File.Delete(ours.Name));
        }
        (file, path) = (null, "");
    }

    public void Dispose()
    {
        var left = ids.Count == 0 ? path : "";
        Close();
        if (left.Length > 0)
            Try(() => File.Delete(left));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Directory} cannot be used ({Error}): mail handed over when this process is killed may go again")]
    partial void NotKept(string directory, string error);
}

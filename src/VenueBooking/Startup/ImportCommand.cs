using VenueBooking.Web.Tables;

namespace VenueBooking.Startup;

/// <summary>One kind of table that <c>import KIND FILE</c> takes in, whole or not at all. Modules register theirs.</summary>
public interface IImport
{
    /// <summary><c>agreements</c></summary>
    string Kind { get; }

    /// <returns>What was done, in a line; or every fault, one a line, with nothing imported.</returns>
    Task<(bool Done, IReadOnlyList<string> Lines)> RunAsync(Table table, CancellationToken ct);
}

/// <summary><c>import KIND FILE</c>: CSV or Excel into the database.</summary>
sealed class ImportCommand(IEnumerable<IImport> imports, Web.Audit audit, Web.Texts texts) : ICommand
{
    public string Name => "import";
    public string Usage => string.Join('|', imports.Select(i => i.Kind).Order(StringComparer.Ordinal)) + " FILE";

    public async Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        if (arguments is not [var kind, var path] || imports.FirstOrDefault(i => i.Kind == kind) is not { } import)
            throw new StartupException(ExitCode.Usage, $"usage: {Name} {Usage}");
        if (!File.Exists(path))
            throw new StartupException(ExitCode.Usage, $"there is no file '{path}'");
        await using var file = File.OpenRead(path);
        var table = TableReader.Read(file, path);
        if (table.Refusal is { } unreadable)
            throw new StartupException(ExitCode.Usage, texts.Of(unreadable));
        audit.Otherwise = Web.Audit.Import;
        var (done, lines) = await import.RunAsync(table.Value!, ct);
        foreach (var line in lines)
            await (done ? Console.Out : Console.Error).WriteLineAsync(line);
        return done ? 0 : (int)ExitCode.Usage;
    }
}

namespace VenueBooking.Startup;

/// <summary><c>migrate</c>: brings the database up to this program and ends.</summary>
sealed class MigrateCommand : ICommand
{
    public string Name => "migrate";
    public string Usage => "";

    // Every command runs on a migrated database, and this one wants nothing else.
    public Task<int> RunAsync(string[] arguments, CancellationToken ct)
    {
        Console.WriteLine("The database is up to date.");
        return Task.FromResult(0);
    }
}

/// <summary>Finds the command a command line asks for. None, or options only, means <c>serve</c>.</summary>
static class CommandLine
{
    public const string Serve = "serve";

    public static string NameOf(string[] arguments) =>
        arguments is [{ } first, ..] && !first.StartsWith('-') ? first : Serve;

    public static bool AsksForHelp(string[] arguments) => arguments is ["help" or "--help" or "-h" or "-?", ..];

    public static ICommand Find(string name, IReadOnlyCollection<ICommand> commands) =>
        commands.FirstOrDefault(c => c.Name == name) ?? throw new StartupException(ExitCode.Usage,
            $"unknown command '{name}'; known: {string.Join(", ", Known(commands))}");

    /// <summary>Each with what it takes.</summary>
    public static IEnumerable<string> Known(IEnumerable<ICommand> commands) =>
        commands.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"{c.Name} {c.Usage}".TrimEnd()).Prepend(Serve);
}

namespace VenueBooking.Startup;

/// <summary>
/// One command of the program's command line: <c>VenueBooking NAME arguments…</c>. Modules register theirs with
/// <c>services.AddTransient&lt;ICommand, SeedCommand&gt;()</c>; each runs in a scope of its own, on a migrated database.
/// </summary>
public interface ICommand
{
    string Name { get; }

    /// <summary>What follows the name, for the usage text: <c>demo [--members N]</c>.</summary>
    string Usage { get; }

    /// <param name="arguments">What follows the name.</param>
    /// <returns>0 when done. Throw <see cref="StartupException"/> for what the operator can mend.</returns>
    Task<int> RunAsync(string[] arguments, CancellationToken ct);
}

/// <summary>
/// What has to be done once before the service listens, after the database is migrated. Registered by modules with
/// <c>services.AddTransient&lt;IStartupTask, SeedDemo&gt;()</c>, run in the order of registration, each in a scope of its own.
/// </summary>
public interface IStartupTask
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>What the operator is told once the service listens: modules add their lines (demo accounts, where mail goes).</summary>
public sealed class Greeting
{
    readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public void Add(string line) => lines.Add(line);
}

namespace VenueBooking.Startup;

/// <summary>Why the process ends, for scripts and supervisors. docs/operations.md explains each.</summary>
public enum ExitCode
{
    Ok = 0,
    Usage = 2,
    BadConfiguration = 10,
    AlreadyRunning = 11,
    PortTaken = 12,
    DatabaseUnreachable = 13,
    DatabaseNewer = 14,
    MigrationChanged = 15,
    MigrationFailed = 16,
    EmbeddedServer = 17,
}

/// <summary>Something an operator can mend: shown as one line, without a stack trace.</summary>
public sealed class StartupException(ExitCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode Code { get; } = code;
}

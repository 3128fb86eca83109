using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace VenueBooking.Startup;

/// <summary>Turns what went wrong before the service listens into one line a person can act on.</summary>
static class StartupProblems
{
    /// <returns>null for a defect of ours: that one deserves its stack trace.</returns>
    public static StartupException? Explain(Exception error) => error switch
    {
        StartupException known => known,
        AggregateException { InnerExceptions.Count: > 0 } many => Explain(many.InnerExceptions[0]),
        OptionsValidationException options => Configuration(string.Join("; ", options.Failures)),
        PostgresException refused => Unreachable($"{refused.SqlState} {refused.MessageText}", refused),
        NpgsqlException away => Unreachable(away.InnerException is { } cause ? $"{away.Message}: {cause.Message}" : away.Message, away),
        _ when Find<AddressInUseException>(error) is not null => PortTaken(error.Message),
        _ when Find<SocketException>(error) is { SocketErrorCode: SocketError.AddressAlreadyInUse } => PortTaken(error.Message),
        _ when Find<SocketException>(error) is { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } socket
            => Configuration($"the address to listen on cannot be used: {socket.Message}"),
        FormatException or ArgumentException or UriFormatException when FromListening(error)
            => Configuration($"the address to listen on (ASPNETCORE_URLS) is not usable: {error.Message}"),
        InvalidOperationException when error.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal)
            => Configuration(error.Message),
        InvalidDataException when error.Message.StartsWith("Failed to load configuration", StringComparison.Ordinal)
            => Configuration($"{error.Message} {error.InnerException?.Message}"),
        _ when error.InnerException is { } inner => Explain(inner),
        _ => null,
    };

    public static StartupException Configuration(string what, Exception? inner = null) =>
        new(ExitCode.BadConfiguration, $"configuration: {what}", inner);

    static StartupException PortTaken(string message) => new(
        ExitCode.PortTaken,
        $"{message.TrimEnd('.')}; stop what listens there or choose another with ASPNETCORE_URLS");

    static StartupException Unreachable(string reason, Exception inner) => new(
        ExitCode.DatabaseUnreachable,
        $"the database of ConnectionStrings:Default cannot be used: {reason}", inner);

    static bool FromListening(Exception error) =>
        error.StackTrace?.Contains("Kestrel", StringComparison.Ordinal) == true;

    static T? Find<T>(Exception? error) where T : Exception
    {
        for (; error is not null; error = error.InnerException)
            if (error is T found)
                return found;
        return null;
    }
}

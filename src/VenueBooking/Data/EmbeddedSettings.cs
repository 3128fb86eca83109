namespace VenueBooking.Data;

/// <summary>How the private server is tuned: modestly, for a small machine it shares with the service.</summary>
/// <param name="Volatile">For tests only: nothing survives a power cut.</param>
public sealed record EmbeddedSettings(bool Volatile = false)
{
    public const string FileName = "venuebooking.conf";

    internal async Task WriteAsync(string cluster, string socketDirectory) =>
        await File.WriteAllTextAsync(Path.Combine(cluster, FileName), $"""
            # Written at every start: changes made here are lost.
            listen_addresses = ''
            unix_socket_directories = '{socketDirectory.Replace("'", "''", StringComparison.Ordinal)}'
            port = 5432
            max_connections = {(Volatile ? 200 : 100)}
            shared_buffers = 256MB
            effective_cache_size = 1GB
            work_mem = 8MB
            maintenance_work_mem = 64MB
            max_wal_size = 2GB
            checkpoint_completion_target = 0.9
            random_page_cost = 1.1
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            logging_collector = off
            log_checkpoints = off
            # The service reports refused statements itself; here only what concerns the server.
            log_min_messages = log
            {(Volatile ? ForTests : Durable)}
            """);

    const string Durable = """
        fsync = on
        synchronous_commit = on
        """;

    const string ForTests = """
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        wal_level = minimal
        max_wal_senders = 0
        """;
}

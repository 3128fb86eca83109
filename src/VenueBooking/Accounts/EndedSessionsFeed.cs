using VenueBooking.Data;

namespace VenueBooking.Accounts;

/// <summary>Listens for stamps that changed on any instance; reads them when told, when it was cut off, and now and then all the same, for what was kept long enough goes.</summary>
sealed class EndedSessionsFeed(Listener listener, EndedSessions sessions) : BackgroundService
{
    /// <summary>Before the first request is served.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await sessions.LearnAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        listener.ListenAsync("sessions_ended", _ => { }, sessions.LearnAsync, stoppingToken);
}

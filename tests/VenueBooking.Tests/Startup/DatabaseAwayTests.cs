using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VenueBooking.Data;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Startup;

/// <summary>The database goes away for a while: nobody sees a defect, and all goes on when it is back.</summary>
public sealed class DatabaseAwayTests : IDisposable
{
    const string Database = "venuebooking";

    readonly string home = Temporary.Directory();

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task Pages_and_programs_are_told_to_come_back_and_then_can()
    {
        await using var server = new EmbeddedPostgres(Path.Combine(home, "pg"), new(Volatile: true), NullLogger.Instance);
        await server.StartAsync(Database);
        var told = new Told();
        await using var app = await App.StartOnAsync(server.ConnectionString(Database), services => services.AddSingleton<ILoggerProvider>(told));
        var slot = await app.Make.Slot();
        var (visitor, member, api) = (app.Visitor(), await app.SignedInAs(await app.Make.Worker()), await app.ApiAs(await app.Make.Worker()));
        var (grid, booking) = ($"/venues/{slot.VenueId}/slots", $"/api/v1/slots/{slot.Id}/bookings");

        await server.DisposeAsync();

        var page = await visitor.Get(grid);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("5", page.Response.Headers.RetryAfter?.ToString());
        Assert.Single(page.All("h1"));
        // The switches do without the database, and the account learns it another time.
        foreach (var shown in (WebPage[])[page, await member.Get(grid)])
        {
            var english = await shown.Press("English");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "en", grid), (english.Status, english.One("html").GetAttribute("lang"), english.Path));
        }
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.Post(booking, new { partySize = 1 })).Status);
        var reply = await api.Get("/api/v1/bookings");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "database_away"), (reply.Status, reply.Code));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.Get("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/health/live")).Status);

        Assert.Contains("刚才如果正在提交", page.Text, StringComparison.Ordinal);
        // The log is for people too: no trace of a fault that is none of ours, let alone one for each request.
        Assert.Empty(told.Faults);

        await server.StartAsync(Database);

        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(grid)).Status);
        Assert.Equal(HttpStatusCode.Created, (await api.Post(booking, new { partySize = 1 })).Status);
    }

    /// <summary>What went to the log with a stack trace.</summary>
    sealed class Told : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Faults { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) Faults.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}

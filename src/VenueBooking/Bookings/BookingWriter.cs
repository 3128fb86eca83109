using System.Threading.Channels;
using Npgsql;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// The one way a booking comes into being. Requests that wait at the same moment are taken together by one of two writers
/// and decided in one transaction; a lone request goes at once, for there is no timer. Answered only after the commit.
/// A batch that fails is tried again one by one, so that one bad request hurts no other.
/// </summary>
public sealed partial class BookingWriter(NpgsqlDataSource database, BookingPolicy policy, SlotNews news, TimeProvider clock, ILogger<BookingWriter> log)
    : BackgroundService
{
    const int Writers = 2, LargestBatch = 64, Tries = 3;

    readonly Channel<BookingRequest> waiting = Channel.CreateUnbounded<BookingRequest>(new() { AllowSynchronousContinuations = false });

    /// <summary>The booking, or why not. Not cancelled by the asker's going away: what was asked for is done.</summary>
    public Task<Outcome<Booking>> BookAsync(BookingRequest request) =>
        waiting.Writer.TryWrite(request) ? request.Answer.Task : Task.FromResult<Outcome<Booking>>(BookingRefusals.TryAgain);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync, CancellationToken.None)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is written before the service ends.
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    async Task WriteAsync()
    {
        await using var line = new WriterLine(database);
        var batch = new List<BookingRequest>(LargestBatch);
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < LargestBatch && waiting.Reader.TryRead(out var request))
                batch.Add(request);
            if (batch.Count > 0 && !await TryAsync(line, batch))
                await OneByOneAsync(line, batch);
            batch.Clear();
        }
    }

    /// <summary>False when the batch as a whole was refused by the database and nothing of it was done.</summary>
    async Task<bool> TryAsync(WriterLine line, List<BookingRequest> batch)
    {
        try
        {
            var outcomes = await new BookingBatch(await line.OpenAsync(), policy).RunAsync(batch, Now);
            for (var i = 0; i < outcomes.Count; i++)
                Answer(batch[i], outcomes[i]);
            return true;
        }
        catch (Exception error)
        {
            await line.ResetAsync();
            if (!IsAway(error))
            {
                BatchFailed(error, batch.Count);
                return false;
            }
            // Whether it was committed is not known. The request's id is stored with its booking: asking again is safe.
            foreach (var request in batch)
                request.Answer.TrySetResult(BookingRefusals.TryAgain);
            return true;
        }
    }

    async Task OneByOneAsync(WriterLine line, List<BookingRequest> batch)
    {
        foreach (var request in batch)
        {
            var tries = 0;
            while (tries < Tries && !await TryAsync(line, [request]))
                tries++;
            if (tries == Tries)
                request.Answer.TrySetException(new InvalidOperationException($"the booking of slot {request.SlotId} could not be written; the log says why"));
        }
    }

    void Answer(BookingRequest request, Outcome<Booking> outcome)
    {
        if (outcome.Value is { } booking)
            news.Report(booking.VenueId, SiteTime.DayOf(booking.StartsAt));
        request.Answer.TrySetResult(outcome);
    }

    /// <summary>To the microsecond, as the database keeps it: what is answered is what is stored.</summary>
    DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    static bool IsAway(Exception error) =>
        DatabaseDown.IsAway(error) || error is TimeoutException or ObjectDisposedException || error is NpgsqlException and not PostgresException;

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Count} bookings was refused by the database and is tried one by one")]
    partial void BatchFailed(Exception error, int count);

    /// <summary>A writer's own connection, opened when first needed and again after it broke.</summary>
    sealed class WriterLine(NpgsqlDataSource database) : IAsyncDisposable
    {
        NpgsqlConnection? connection;

        public async ValueTask<NpgsqlConnection> OpenAsync() => connection ??= await database.OpenConnectionAsync();

        /// <summary>Closing gives it back to the pool, which rolls back and throws away what is broken.</summary>
        public async ValueTask ResetAsync()
        {
            if (connection is not { } broken)
                return;
            connection = null;
            await broken.DisposeAsync();
        }

        public ValueTask DisposeAsync() => ResetAsync();
    }
}

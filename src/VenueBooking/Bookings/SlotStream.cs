using System.Collections.Concurrent;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// Server-sent events: an event <c>slots</c> whenever the slots of the venue's day have changed; the page then asks for what is
/// on screen anew. Many changes in a moment are told once.
/// </summary>
sealed class SlotStream(SlotNews news, IHostApplicationLifetime host)
{
    public const string Name = "slot_stream";
    /// <summary>Open streams in all, and from one network: a company, or a mobile operator's gateway.</summary>
    const int Most = 5_000, MostOfOne = 500;
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300), Heartbeat = TimeSpan.FromSeconds(20);

    readonly ConcurrentDictionary<string, int> networks = new();
    int open;

    /// <summary>Whether there is room for one more; until the request ends it is counted.</summary>
    bool TryEnter(HttpContext context)
    {
        var network = RateLimits.NetworkOf(context);
        context.Response.OnCompleted(() => Leave(network));
        var (all, own) = (Interlocked.Increment(ref open), networks.AddOrUpdate(network, 1, (_, n) => n + 1));
        return all <= Most && own <= MostOfOne;
    }

    Task Leave(string network)
    {
        Interlocked.Decrement(ref open);
        if (networks.AddOrUpdate(network, 0, (_, n) => n - 1) == 0)
            networks.TryRemove(new(network, 0));
        return Task.CompletedTask;
    }

    /// <param name="venueId">Null: of any venue.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(Guid? venueId, DateOnly date, [EnumeratorCancellation] CancellationToken gone)
    {
        // A service that is told to stop does not wait for people to close their pages.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, host.ApplicationStopping);
        var ct = either.Token;
        var due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Tell(Guid venue, DateOnly day)
        {
            if (day == date && (venueId is null || venue == venueId))
                due.Writer.TryWrite(true);
        }
        news.Changed += Tell;
        try
        {
            yield return new("", "ready");
            while (!ct.IsCancellationRequested)
            {
                var changed = await WaitAsync(due.Reader, ct);
                yield return new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), changed ? "slots" : "alive");
                await Task.Delay(Quiet, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            news.Changed -= Tell;
        }
    }

    static async Task<bool> WaitAsync(ChannelReader<bool> news, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Heartbeat);
        try
        {
            return await news.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/slots/stream", IResult (string? date, string? venueId, SlotStream stream, HttpContext context, SiteTime time, Texts texts, CancellationToken ct) =>
    {
        if (!SlotQuery.TryDate(date, time.Today, out var day))
            return texts.Problem(Refusal.Invalid("invalid_date", "date"));
        if (!SlotQuery.TryId(venueId, out var venue))
            return texts.Problem(Refusal.Invalid("invalid_id", "venueId"));
        return stream.TryEnter(context) ? TypedResults.ServerSentEvents(stream.FollowAsync(venue, day, ct)) : texts.Problem(BookingRefusals.TryAgain);
    }).WithName(Name).AllowAnonymous().ExcludeFromDescription();
}

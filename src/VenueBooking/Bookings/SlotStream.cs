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
sealed class SlotStream(SlotChanges changes)
{
    const int Most = 5_000;
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300), Heartbeat = TimeSpan.FromSeconds(20);

    int open;

    public bool IsFull => open >= Most;

    /// <param name="venueId">Null: of any venue.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(Guid? venueId, DateOnly date, [EnumeratorCancellation] CancellationToken ct)
    {
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Tell(Guid venue, DateOnly day)
        {
            if (day == date && (venueId is null || venue == venueId))
                news.Writer.TryWrite(true);
        }
        changes.Changed += Tell;
        Interlocked.Increment(ref open);
        try
        {
            yield return new("", "ready");
            while (!ct.IsCancellationRequested)
            {
                var changed = await WaitAsync(news.Reader, ct);
                yield return new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), changed ? "slots" : "alive");
                await Task.Delay(Quiet, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            changes.Changed -= Tell;
            Interlocked.Decrement(ref open);
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

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/slots/stream", IResult (string? date, string? venueId, SlotStream stream, SiteTime time, Texts texts, CancellationToken ct) =>
    {
        if (!SlotQuery.TryDate(date, time.Today, out var day))
            return texts.Problem(Refusal.Invalid("invalid_date", "date"));
        if (!SlotQuery.TryId(venueId, out var venue))
            return texts.Problem(Refusal.Invalid("invalid_id", "venueId"));
        return stream.IsFull ? texts.Problem(BookingRefusals.TryAgain) : TypedResults.ServerSentEvents(stream.FollowAsync(venue, day, ct));
    }).AllowAnonymous().ExcludeFromDescription();
}

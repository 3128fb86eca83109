using VenueBooking.Data;
using VenueBooking.Jobs;

namespace VenueBooking.Notices;

/// <summary>
/// Drains the outbox: claim (commit), hand over, mark as sent, one mail after the other. What was handed over is noted in a file before it
/// is marked (<see cref="HandedOver"/>), so only a process killed between the server's "250" and that note leaves a mail that goes out
/// again when its lease runs out, with the same Message-ID (which most receiving servers recognise) or, where mails are files, over the same file.
/// </summary>
public sealed partial class SendDueNotices(
    IServiceScopeFactory scopes, DueNotices queue, IMailer mailer, TimeProvider clock, ILogger<SendDueNotices> log) : IRecurringJob
{
    static readonly TimeSpan PauseBeforeMarkingAgain = TimeSpan.FromMilliseconds(500);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var drains = Enumerable.Range(0, mailer.Parallelism).Select(_ => Task.Run(() => DrainAsync(ct), CancellationToken.None)).ToArray();
        await Task.WhenAll(drains);
        if (drains.Select(d => d.Result.Down).FirstOrDefault(d => d is not null) is { } down)
            throw new MailServerDownException(down);
        return drains.Sum(d => d.Result.Done);
    }

    public BacklogQuery Waiting => queue.Waiting;

    async Task<(int Done, string? Down)> DrainAsync(CancellationToken ct)
    {
        var done = 0;
        using var run = mailer.Open();
        while (!ct.IsCancellationRequested && await ClaimAsync(ct) is { Count: > 0 } claimed)
        {
            var (handled, down) = await SendAsync(claimed, run, ct);
            done += handled;
            if (down is not null)
                return (done, down);
            if (claimed.Count == mailer.Batch)
                await Task.Delay(mailer.Rest, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return (done, null);
    }

    /// <summary>Nothing where the service is being stopped: what is at hand is finished, no more is taken.</summary>
    async Task<IReadOnlyList<ClaimedNotice>> ClaimAsync(CancellationToken ct)
    {
        try
        {
            return await queue.ClaimAsync(mailer.Batch, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return [];
        }
    }

    async Task<(int Done, string? Down)> SendAsync(IReadOnlyList<ClaimedNotice> claimed, IMailRun run, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var renderer = scope.ServiceProvider.GetRequiredService<NoticeRenderer>();
        var (done, sent, down) = (0, new List<Guid>(), (string?)null);
        for (var i = 0; i < claimed.Count && down is null; i++)
        {
            if (ct.IsCancellationRequested)
            {
                await MarkAsync(() => queue.ReleaseAsync([.. claimed.Skip(i).Select(c => c.Notice.Id)], CancellationToken.None));
                break;
            }
            var result = await SendAsync(claimed[i], renderer, run);
            if (result is { Fate: MailFate.Down })
                down = await PutOffAsync(claimed.Skip(i), result.Value);
            else if (result is { Fate: MailFate.Sent })
                await SentAsync(claimed[i], sent);
            if (result?.Fate is null or MailFate.Sent or MailFate.Never)
                done++;
        }
        await MarkAsync(() => queue.SentAsync(sent, CancellationToken.None));
        return (done, down);
    }

    async Task SentAsync(ClaimedNotice claimed, List<Guid> together)
    {
        if (mailer.RepeatsItselfSafely)
            together.Add(claimed.Notice.Id);
        else
            await MarkAsync(() => queue.SentAsync([claimed.Notice.Id], CancellationToken.None));
    }

    async Task<string> PutOffAsync(IEnumerable<ClaimedNotice> claimed, MailResult result)
    {
        foreach (var waiting in claimed)
            await MarkAsync(() => LaterAsync(waiting.Notice, result.Error ?? ""));
        return result.Error ?? "";
    }

    /// <returns>Null when the notice was dropped.</returns>
    async Task<MailResult?> SendAsync(ClaimedNotice claimed, NoticeRenderer renderer, IMailRun run)
    {
        var notice = claimed.Notice;
        var (mail, result) = await MakeAsync(claimed, renderer);
        if (mail is not null)
            result = await run.SendAsync(mail);
        await MarkAsync(() => result switch
        {
            null => queue.DroppedAsync(notice.Id, "nothing left to say", CancellationToken.None),
            { Fate: MailFate.Never, Error: var error } => queue.FailedAsync(notice.Id, error ?? "", CancellationToken.None),
            { Fate: MailFate.Later, Error: var error } => LaterAsync(notice, error ?? ""),
            // The caller marks what was sent, and puts the whole batch off when nothing goes through.
            _ => Task.CompletedTask,
        });
        return result;
    }

    /// <returns>The mail, or what becomes of the notice instead: null to drop it.</returns>
    async Task<(Mail? Mail, MailResult? Instead)> MakeAsync(ClaimedNotice claimed, NoticeRenderer renderer)
    {
        if (claimed.Notice.ExpiresAt < clock.GetUtcNow())
            return (null, null);
        if (string.IsNullOrWhiteSpace(claimed.To))
            return (null, new(MailFate.Never, "nobody to send it to"));
        // The mailer would find out only with a server on the line, and as if nothing went through: all others would wait for this one.
        if (!Mail.CanGoTo(claimed.To))
            return (null, new(MailFate.Never, "no mail server takes this address"));
        try
        {
            return (await renderer.RenderAsync(claimed, CancellationToken.None), null);
        }
        catch (Exception error) when (!DatabaseDown.IsAway(error))
        {
            // A defect in one template must not hold up the others; mended within a day, the mail still goes.
            NotRendered(claimed.Notice.Kind, claimed.Notice.Id, error);
            return (null, new(MailFate.Later, error.Message));
        }
    }

    Task LaterAsync(Notice notice, string error) => RetryPlan.Next(notice.Attempts, notice.DueAt, clock.GetUtcNow()) is { } at
        ? queue.RetryAsync(notice.Id, at, error, CancellationToken.None)
        : queue.FailedAsync(notice.Id, error, CancellationToken.None);

    /// <summary>A mail that went must not go again because the database was away for a moment: insist, for as long as the lease is ours.</summary>
    static async Task MarkAsync(Func<Task> mark)
    {
        // The machine's own time: this is about processes.
        for (var tries = DueNotices.Lease / PauseBeforeMarkingAgain; ; tries--)
            try
            {
                await mark();
                return;
            }
            catch (Exception error) when (DatabaseDown.IsAway(error) && tries > 1)
            {
                await Task.Delay(PauseBeforeMarkingAgain);
            }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} notice {Notice} cannot be rendered")]
    partial void NotRendered(string kind, Guid notice, Exception error);
}

/// <summary>Nothing goes through; what was due has been put off.</summary>
public sealed class MailServerDownException(string message) : Exception(message);

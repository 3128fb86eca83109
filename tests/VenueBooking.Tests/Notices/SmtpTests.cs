using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Jobs;
using VenueBooking.Notices;

namespace VenueBooking.Tests.Notices;

public sealed class SmtpTests : IAsyncLifetime, IDisposable
{
    readonly SmtpServer server = new();
    App app = null!;

    public async Task InitializeAsync() => app = await NoticeTest.BySmtpAsync(server);

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task A_mail_goes_out_once_however_often_the_job_runs()
    {
        var user = await app.Make.User();
        var id = await app.NotifyAsync(user);

        await app.SendAsync();
        await app.SendAsync();

        var mail = Assert.Single(server.To(user.Email!));
        Assert.StartsWith($"<{id:N}@", mail.Header("Message-ID"), StringComparison.Ordinal);
        Assert.Equal(NoticeState.Sent, (await app.NoticeAsync(id)).State);
    }

    [Fact]
    public async Task A_Chinese_subject_and_an_event_arrive_as_they_were_written()
    {
        const string Ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
        var user = await app.Make.User("王小明");
        await app.NotifyAsync(user, payload: new { subject = "预约成功：职工文化宫羽毛球一号场，明天周四晚上七点到八点半，请准时到场", ics = Ics });

        await app.SendAsync();

        var mail = Assert.Single(server.To(user.Email!));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, mail.Text);
        var read = await MailFile.ReadAsync(file, default);
        File.Delete(file);
        Assert.Equal("预约成功：职工文化宫羽毛球一号场，明天周四晚上七点到八点半，请准时到场", read.Subject);
        Assert.Contains("王小明", read.To, StringComparison.Ordinal);
        Assert.Equal(Ics, read.Calendar);
        Assert.Matches(@"text/calendar;[\s\S]{0,40}method=REQUEST", mail.Text);
        Assert.Contains("invite.ics", mail.Text, StringComparison.Ordinal);
        Assert.Contains("羽毛球 1 号场 <周四>", read.Text, StringComparison.Ordinal);
        Assert.Contains("羽毛球 1 号场 &lt;周四&gt;", read.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again_later_and_later_and_goes_in_the_end()
    {
        var user = await app.Make.User();
        var id = await app.NotifyAsync(user);
        server.OnRecipient = _ => "451 4.7.1 greylisted";

        foreach (var minutes in new[] { 1, 2, 5, 15, 30, 60, 60 })
        {
            var before = app.Clock.Now;
            await app.SendAsync();
            var notice = await app.NoticeAsync(id);
            Assert.Equal(NoticeState.Due, notice.State);
            Assert.Contains("451", notice.LastError, StringComparison.Ordinal);
            Assert.Equal(before.AddMinutes(minutes), notice.NextAttemptAt);
            app.Clock.Set(notice.NextAttemptAt.AddSeconds(-1));
            await app.SendAsync();
            Assert.Equal(notice.Attempts, (await app.NoticeAsync(id)).Attempts);
            app.Clock.Set(notice.NextAttemptAt);
        }
        server.OnRecipient = _ => null;
        await app.SendAsync();

        Assert.Single(server.To(user.Email!));
        Assert.Equal(NoticeState.Sent, (await app.NoticeAsync(id)).State);
    }

    [Fact]
    public async Task After_a_day_of_refusals_a_mail_has_failed()
    {
        var id = await app.NotifyAsync(await app.Make.User());
        server.OnRecipient = _ => "450 busy";
        for (var tries = 0; tries < 40 && (await app.NoticeAsync(id)) is { State: NoticeState.Due } notice; tries++)
        {
            app.Clock.Set(notice.NextAttemptAt);
            await app.SendAsync();
        }

        var failed = await app.NoticeAsync(id);
        Assert.Equal(NoticeState.Failed, failed.State);
        Assert.InRange(app.Clock.Now - failed.CreatedAt, TimeSpan.FromHours(24), TimeSpan.FromHours(25.1));
    }

    [Fact]
    public async Task A_refusal_for_good_fails_at_once_and_holds_up_nobody()
    {
        var gone = await app.Make.User();
        var there = await app.Make.User();
        server.OnRecipient = to => to == gone.Email ? "550 5.1.1 no such user" : null;
        var failed = await app.NotifyAsync(gone);
        var sent = await app.NotifyAsync(there);

        await app.SendAsync();

        Assert.Equal(NoticeState.Failed, (await app.NoticeAsync(failed)).State);
        Assert.Contains("550", (await app.NoticeAsync(failed)).LastError, StringComparison.Ordinal);
        Assert.Equal(NoticeState.Sent, (await app.NoticeAsync(sent)).State);
    }

    [Fact]
    public async Task A_server_that_falls_silent_after_the_letter_is_not_waited_for()
    {
        var id = await app.NotifyAsync(await app.Make.User());
        using var silence = new ManualResetEventSlim();
        server.OnData = _ =>
        {
            silence.Wait(TimeSpan.FromMinutes(1));
            return "";
        };

        await Assert.ThrowsAsync<MailServerDownException>(() => app.SendAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        silence.Set();

        var notice = await app.NoticeAsync(id);
        Assert.Equal(NoticeState.Due, notice.State);
        Assert.Contains("no answer within 5 s", notice.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_answer_is_tried_again_with_the_same_message_id()
    {
        var user = await app.Make.User();
        var id = await app.NotifyAsync(user);
        server.OnData = _ => "";
        await app.TrySendAsync();
        Assert.Equal(NoticeState.Due, (await app.NoticeAsync(id)).State);

        server.OnData = _ => null;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.SendAsync();

        Assert.Contains(id.ToString("N"), Assert.Single(server.To(user.Email!)).Header("Message-ID"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_server_puts_everything_off_and_the_job_says_so()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++) ids.Add(await app.NotifyAsync(await app.Make.User()));
        server.Dispose();

        await Assert.ThrowsAsync<MailServerDownException>(app.SendAsync);

        foreach (var id in ids) Assert.Equal(NoticeState.Due, (await app.NoticeAsync(id)).State);
        Assert.Equal(1L, await app.Scalar<long>("select count(*) from job_runs where job = 'send_due_notices' and error is not null"));
    }

    [Fact]
    public async Task Two_instances_at_once_send_each_mail_once()
    {
        var users = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            var user = await app.Make.User();
            users.Add(user.Email!);
            await app.NotifyAsync(user);
        }

        // Two instances: each has a runner of its own.
        JobRunner Instance() => ActivatorUtilities.CreateInstance<JobRunner>(app.Services);
        await Task.WhenAll(Instance().RunAsync<SendDueNotices>(), Instance().RunAsync<SendDueNotices>());

        Assert.All(users, user => Assert.Single(server.To(user)));
        // Conversations are for many mails.
        Assert.InRange(server.Conversations, 1, 20);
    }

    [Fact]
    public async Task A_notice_whose_sender_died_goes_out_when_its_lease_is_over()
    {
        var user = await app.Make.User();
        await app.NotifyAsync(user);
        await app.With<DueNotices, int>(async queue => (await queue.ClaimAsync(10, default)).Count);

        await app.SendAsync();
        Assert.Empty(server.Taken);
        app.Clock.Advance(DueNotices.Lease);
        await app.SendAsync();

        Assert.Single(server.To(user.Email!));
    }

    [Fact]
    public async Task What_was_taken_and_could_not_be_marked_does_not_go_again_however_long_the_database_is_away()
    {
        var user = await app.Make.User();
        var id = await app.NotifyAsync(user);
        await app.Execute("""
            create function test_refuse() returns trigger language plpgsql as $$ begin raise exception 'away'; end $$;
            create trigger test_refuse before update on outbox for each row when (new.state = 'sent') execute function test_refuse();
            """);
        await Assert.ThrowsAnyAsync<Exception>(app.SendAsync);
        await app.Execute("drop function test_refuse cascade");
        Assert.Equal(NoticeState.Due, (await app.NoticeAsync(id)).State);

        app.Clock.Advance(DueNotices.Lease);
        await app.SendAsync();

        Assert.Single(server.To(user.Email!));
        Assert.Equal(NoticeState.Sent, (await app.NoticeAsync(id)).State);
    }

    [Fact]
    public async Task Mail_that_waits_goes_out_as_soon_as_the_service_is_there_without_waiting_for_the_scheduler()
    {
        var user = await app.Make.User();
        await app.NotifyAsync(user);
        using var listener = ActivatorUtilities.CreateInstance<OutboxBellListener>(app.Services, new OutboxBell(), new ConfigurationBuilder().Build());

        await listener.StartAsync(default);
        for (var i = 0; i < 200 && server.Taken.IsEmpty; i++)
            await Task.Delay(50);
        await listener.StopAsync(default);

        Assert.Single(server.To(user.Email!));
    }

    [Fact]
    public async Task A_stop_finishes_the_mail_at_hand_and_gives_the_others_back()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 8; i++) ids.Add(await app.NotifyAsync(await app.Make.User()));
        using var stop = new CancellationTokenSource();
        server.OnData = _ =>
        {
            stop.Cancel();
            return null;
        };

        await app.Services.GetRequiredService<JobRunner>().RunAsync<SendDueNotices>(stop.Token);
        var due = (await Task.WhenAll(ids.Select(app.NoticeAsync))).Where(n => n.State == NoticeState.Due).ToList();
        Assert.Equal(8, due.Count + server.Taken.Count);
        Assert.NotEmpty(due);
        Assert.All(due, n => Assert.Equal((0, app.Clock.Now), (n.Attempts, n.NextAttemptAt)));

        server.OnData = _ => null;
        await app.SendAsync();
        Assert.Equal(8, server.Taken.Select(t => t.Recipient).Distinct().Count());
        Assert.Equal(8, server.Taken.Count);
    }
}

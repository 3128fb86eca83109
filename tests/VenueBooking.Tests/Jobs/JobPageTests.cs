using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VenueBooking.Jobs;
using VenueBooking.Notices;
using VenueBooking.Tests.Notices;

namespace VenueBooking.Tests.Jobs;

public sealed class JobPageTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_job_of_the_schedule_has_its_line_and_a_name_in_words(string language)
    {
        var page = await (await App.SignedInAs(await Make.Staff(), language)).Get("/staff/jobs");

        Assert.Equal(Schedule.All.Count, page.All("tbody tr").Count);
        Assert.All(Schedule.All, entry => Assert.NotEmpty(page.All($"a[href='/staff/jobs/{entry.Name}']")));
        Assert.DoesNotContain("job_", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_jobs_there_are_the_page_asks_a_handful_of_questions()
    {
        using var asked = new Statements();
        await using var app = await App.StartAsync(services => services.AddLogging(log => log.AddFilter<Statements>("Npgsql.Command", LogLevel.Information).AddProvider(asked)));
        var staff = await app.SignedInAs(await app.Make.Staff());
        await staff.Get("/staff/mail");
        var before = asked.Count;

        var page = await staff.Get("/staff/jobs");

        Assert.Equal(Schedule.All.Count, page.All("tbody tr").Count);
        Assert.InRange(asked.Count - before, 2, 8);
    }

    [Fact]
    public async Task The_page_says_that_no_scheduler_runs_here()
    {
        var page = await (await App.SignedInAs(await Make.Staff())).Get("/staff/jobs");
        Assert.Contains("任务调度没有运行", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_now_runs_it_twice_sends_nothing_twice_and_is_in_the_audit_log()
    {
        var user = await Make.User();
        await App.NotifyAsync(user, kind: "never_heard_of");
        await App.Execute("insert into idempotency_keys (owner_id, key, request_hash, created_at) values ($1, 'old', '', $2)", user.Id, Clock.Now.AddDays(-3));
        var staff = await App.SignedInAs(await Make.Staff());
        var page = await staff.Get("/staff/jobs/prune_idempotency_keys");

        var first = await page.Press("立即执行");
        var second = await page.Press("立即执行");

        Assert.Contains("处理了 1 项", first.Body, StringComparison.Ordinal);
        Assert.Contains("处理了 0 项", second.Body, StringComparison.Ordinal);
        Assert.Equal(2L, await App.Scalar<long>("select count(*) from audit_entries where action = 'job.run'"));
        Assert.Equal(2, (await staff.Get("/staff/jobs/prune_idempotency_keys")).All("tbody tr").Count);
    }

    [Fact]
    public async Task A_run_that_failed_shows_its_error()
    {
        await App.Execute("insert into job_runs (id, job, started_at, ended_at, error) values ($1, 'send_due_notices', $2, $2, 'no answer within 5 s')",
            Guid.CreateVersion7(), Clock.Now);

        var page = await (await App.SignedInAs(await Make.Staff())).Get("/staff/jobs");

        Assert.Contains("no answer within 5 s", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_waits_for_its_next_try_is_overdue_and_the_error_stays_until_something_has_gone()
    {
        var staff = await App.SignedInAs(await Make.Staff());
        var id = await App.NotifyAsync(await Make.User());
        await RanAsync("send_due_notices", "Connection refused");
        Clock.Advance(TimeSpan.FromMinutes(5));
        await App.Execute("update outbox set next_attempt_at = $2 where id = $1", id, Clock.Now.AddMinutes(30));
        await RanAsync("send_due_notices", null);

        var line = Line(await staff.Get("/staff/jobs"));
        Assert.Contains("逾期", line, StringComparison.Ordinal);
        Assert.Contains("上次出错", line, StringComparison.Ordinal);
        Assert.Contains("Connection refused", line, StringComparison.Ordinal);

        await App.Execute("update outbox set state = 'sent' where id = $1", id);
        await App.Execute("update job_runs set done = 1 where error is null");
        Assert.DoesNotContain("Connection refused", Line(await staff.Get("/staff/jobs")), StringComparison.Ordinal);

        static string Line(Support.WebPage page) => page.All("tbody tr").Single(r => r.InnerHtml.Contains("send_due_notices", StringComparison.Ordinal)).TextContent;
    }

    [Fact]
    public async Task The_backlog_says_how_much_waits_and_since_when()
    {
        var user = await Make.User();
        await App.NotifyAsync(user);
        await App.NotifyAsync(user);
        Clock.Advance(TimeSpan.FromMinutes(10));

        var backlog = await App.BacklogOf<SendDueNotices>();

        Assert.Equal(new Backlog(2, TestClock.Monday), backlog);
    }

    [Fact]
    public async Task A_job_that_is_none_is_not_there() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await App.SignedInAs(await Make.Staff())).Get("/staff/jobs/no_such_job")).Status);

    [Fact]
    public async Task A_job_that_falls_behind_three_intervals_degrades_the_service()
    {
        var watch = new JobWatch(App.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(), Clock);
        foreach (var entry in Schedule.All) await RanAsync(entry.Name, null);
        Assert.Equal(HealthStatus.Healthy, (await watch.CheckHealthAsync(new())).Status);

        Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var entry in Schedule.All.Where(e => e.Name != "send_due_notices")) await RanAsync(entry.Name, null);
        Assert.Equal(HealthStatus.Degraded, (await watch.CheckHealthAsync(new())).Status);

        await RanAsync("send_due_notices", "no answer");
        Assert.Equal(HealthStatus.Degraded, (await watch.CheckHealthAsync(new())).Status);

        await RanAsync("send_due_notices", null);
        Assert.Equal(HealthStatus.Healthy, (await watch.CheckHealthAsync(new())).Status);
    }

    [Fact]
    public async Task Old_runs_go_and_the_newest_stays()
    {
        await RanAsync("send_due_notices", null);
        Clock.Advance(TimeSpan.FromDays(2));
        await RanAsync("send_due_notices", "failed");
        Clock.Advance(TimeSpan.FromDays(40));
        await RanAsync("prune_notices", null);
        Clock.Advance(TimeSpan.FromDays(40));

        Assert.Equal(1, await App.Services.GetRequiredService<JobRunner>().RunAsync<PruneJobRuns>());
        Assert.Equal("failed", await App.Scalar<string>("select error from job_runs where job = 'send_due_notices'"));
        Assert.Equal(1L, await App.Scalar<long>("select count(*) from job_runs where job = 'prune_notices'"));
    }

    [Fact]
    public async Task Records_of_mails_are_kept_ninety_days()
    {
        var user = await Make.User();
        var sent = await App.NotifyAsync(user);
        var due = await App.NotifyAsync(user);
        await App.Execute("update outbox set state = 'sent' where id = $1", sent);

        Clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, await App.Services.GetRequiredService<JobRunner>().RunAsync<PruneNotices>());
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await App.Services.GetRequiredService<JobRunner>().RunAsync<PruneNotices>());
        Assert.Equal(NoticeState.Due, (await App.NoticeAsync(due)).State);
    }

    Task<int> RanAsync(string job, string? error) => error is null
        ? App.Execute("insert into job_runs (id, job, started_at, ended_at, done) values ($1, $2, $3, $3, 0)", Guid.CreateVersion7(), job, Clock.Now)
        : App.Execute("insert into job_runs (id, job, started_at, ended_at, error) values ($1, $2, $3, $3, $4)", Guid.CreateVersion7(), job, Clock.Now, error);

    [Fact]
    public async Task What_went_wrong_is_kept_in_words_alone()
    {
        await using var jobs = new ServiceCollection().AddScoped<Fails>().BuildServiceProvider();
        var runner = new JobRunner(jobs.GetRequiredService<IServiceScopeFactory>(), App.Services.GetRequiredService<JobRuns>(), NullLogger<JobRunner>.Instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync<Fails>());

        Assert.Equal("no answer within 5 s", await App.Scalar<string>("select error from job_runs where job = 'fails'"));
    }

    sealed class Fails : IRecurringJob
    {
        public Task<int> RunAsync(CancellationToken ct) => throw new InvalidOperationException("no answer within 5 s");
        public BacklogQuery Waiting => new("select 0::bigint, null::timestamptz", default);
    }

    /// <summary>How often the database was asked.</summary>
    sealed class Statements : ILoggerProvider, ILogger
    {
        int count;

        public int Count => count;

        public ILogger CreateLogger(string categoryName) => this;
        public bool IsEnabled(LogLevel logLevel) => true;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains("execution completed", StringComparison.Ordinal))
                Interlocked.Increment(ref count);
        }

        public void Dispose()
        {
        }
    }
}

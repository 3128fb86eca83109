using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Jobs;
using VenueBooking.Notices;
using VenueBooking.Supply;
using VenueBooking.Tests.Jobs;
using VenueBooking.Web;

namespace VenueBooking.Tests.Data;

/// <summary>
/// What many people ask for, and what runs every minute, costs no more when the tables have grown. The service itself runs its
/// statements, and the server says (auto_explain) how it went about each.
/// </summary>
public sealed class HotPlanTests : IAsyncLifetime, IDisposable
{
    static readonly string[] Grown = ["slots", "bookings", "outbox", "audit_entries", "job_runs"];
    /// <summary>Rows of a grown table that one statement may touch, of 20,000 and more.</summary>
    const int Most = 1_500;

    readonly PlanLog plans = new();
    App app = null!;

    public async Task InitializeAsync()
    {
        app = await App.StartAsync(services => services.AddLogging(log => log.AddFilter<PlanLog>("Npgsql", LogLevel.Debug).AddProvider(plans)));
        await GrowAsync();
        await ExplainAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose() => plans.Dispose();

    [Fact]
    public async Task Hot_statements_go_by_index_and_touch_a_bounded_number_of_rows()
    {
        var (venue, slot, today) = (await One("select id from venues limit 1"), await FreeSlotAsync(), SiteTime.DayOf(app.Now));
        var worker = await app.Make.Worker();
        var member = await One("select member_id from bookings where state = 'booked' limit 1");

        await Holds("availability of a venue's day", () => app.With((Availability a) => a.VenueDayAsync(venue, today.AddDays(1))), "slots");
        await Holds("what is free on a day", () => app.With((Availability a) => a.AllAsync(today.AddDays(1))), "slots");
        await Holds("my coming bookings", () => app.With((MemberBookings b) => b.ComingAsync(member)), "bookings");
        await Holds("my past bookings", () => app.With((MemberBookings b) => b.PastAsync(member, null)), "bookings");
        await Holds("booking", async () => await BookAsync(worker, slot), "slots", "bookings");
        await Holds("cancelling", async () => Assert.Equal(1, await CancelAsync(worker)), "slots", "bookings");
        await Holds("outbox drain", () => app.With((DueNotices n) => n.ClaimAsync(50, default)), "outbox");
        await Holds("a person's notices, exported", () => PersonalData("notices", n => n.ExportAsync(member, default)), "outbox");
        await Holds("a person's notices, erased", () => PersonalData("notices", n => n.EraseAsync(member, default)), "outbox");
        await Holds("the list of mails", () => app.With((NoticeList n) => n.PageAsync(new(null, null, null), null, 50, default)), "outbox");
        await Holds("its later pages", () => app.With((NoticeList n) => n.PageAsync(new(null, null, null), Cursor.Of(app.Now.AddDays(-3), Guid.Empty), 50, default)), "outbox");
        foreach (var state in Enum.GetValues<NoticeState>())
            await Holds($"mails that are {state}", () => app.With((NoticeList n) => n.PageAsync(new(state, null, null), null, 50, default)), "outbox");
        await Holds("how many mails wait or failed", () => app.With((NoticeList n) => n.CountsAsync(default)), "outbox");
        // Of five characters: no other name has it in it.
        var somebody = await app.Scalar<string>("select u.email from outbox o join users u on u.id = o.recipient_id where length(u.email) = 5 limit 1");
        await Holds("mails to a person", async () => Assert.NotEmpty((await app.With((NoticeList n) => n.PageAsync(new(null, null, somebody), null, 50, default))).Items), "outbox", "bookings");
        var mails = await app.With((NoticeList n) => n.PageAsync(new(null, null, "veteran"), null, 50, default));
        await Holds("mails to one who booked for years", () => app.With((NoticeList n) => n.PageAsync(new(null, null, "veteran"), null, 50, default)), "outbox", "bookings");
        Assert.Equal((50, true), (mails.Items.Count, mails.Items.All(m => m.Kind == "booking_confirmed" && m.CreatedAt > app.Now.AddDays(-51))));
        await Holds("mails to an address", () => app.With((NoticeList n) => n.PageAsync(new(null, null, "nobody@x.example"), null, 50, default)), "outbox");
        await Holds("mails to very many", () => app.With((NoticeList n) => n.PageAsync(new(null, null, "m"), null, 50, default)), "outbox");
        await Holds("mails sent again", () => app.With((SendAgain again) => again.AllAsync(default)), "outbox");
        await Holds("a person's account, exported", () => PersonalData("account", p => p.ExportAsync(member, default)), "audit_entries");
        var admin = await app.SignedInAs(await app.Make.Admin());
        await Holds("the audit log about a person", async () => Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/admin/audit?subjectId={member}")).Status), "audit_entries");
        // More than once each: at last the server keeps one plan for whoever is asked about.
        foreach (var who in Enumerable.Repeat<string[]>(["nobody", "once", "rare looker", "was busy", "x"], 3).SelectMany(whos => whos))
            await Holds($"what {who} did", async () => Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/admin/audit?who={who}")).Status), "audit_entries");
        Guid[] listed = [await One("select agreement_id from slots limit 1"), .. await app.Scalar<Guid[]>("select array_agg(id) from agreements where state = 'draft'")];
        await Holds("what a page of agreements comes to", () => app.With((AgreementWeeks w) => w.SumsAsync(listed, default)), 3_000, "slots");
        await Job<PruneNotices>("outbox");
        await Job<PruneJobRuns>("job_runs");
        await ToldSinceAsync("booking_reminder", "booking_reconfirm");
        await Job<SendReminders>("bookings");
        await Job<AskReconfirmation>("bookings");
        await Job<ReleaseUnconfirmed>("bookings");
        await Job<MarkNoShows>("bookings");
        await Job<CloseAttended>("bookings");
        await Job<ForgetGuests>("bookings");
        await Job<ClosePastSlots>("slots");
        await Job<HandBack>("slots");
    }

    /// <summary>
    /// What is planned by statistics of a time when there were no notices of these kinds, and thousands by now; and some bookings that are due
    /// for each.
    /// </summary>
    async Task ToldSinceAsync(params string[] kinds)
    {
        await app.Execute("alter table outbox set (autovacuum_enabled = false)");
        await app.Execute("""
            insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, created_at, due_at, next_attempt_at, state)
            select gen_random_uuid(), kind, b.id::text, b.member_id, b.id, b.created_at, b.created_at, b.created_at, 'sent'
            from unnest($1) kind, (select * from bookings where state = 'attended' limit 10000) b
            """, [kinds]);
        await app.Execute("""
            update bookings set confirm_from = $1 - interval '1 hour', confirm_by = $1 + interval '23 hours'
            where id in (select id from bookings where state = 'booked' and starts_at > $1 + interval '2 days' order by starts_at limit 200)
            """, app.Now);
        Assert.True(await app.Scalar<long>("select count(*) from bookings where state = 'booked' and starts_at > $1 and starts_at <= $1 + interval '2 hours'", app.Now) > 100);
    }

    Task<bool> PersonalData(string section, Func<IPersonalData, Task> use) => app.With(async (IEnumerable<IPersonalData> all) =>
    {
        await use(all.Single(p => p.Section == section));
        return true;
    });

    async Task Job<TJob>(string table) where TJob : class, IRecurringJob
    {
        await Holds($"backlog of {typeof(TJob).Name}", () => app.BacklogOf<TJob>(), table);
        await Holds(typeof(TJob).Name, () => app.With((TJob job) => job.RunAsync(default)), table);
    }

    /// <param name="tables">That it must have been seen to touch: otherwise nothing has been shown.</param>
    Task Holds(string what, Func<Task> act, params string[] tables) => Holds(what, act, Most, tables);

    /// <param name="most">Rows that are the answer's own, where it is the sum of more.</param>
    async Task Holds(string what, Func<Task> act, int most, params string[] tables)
    {
        plans.Take();
        await act();
        var scans = plans.Take().SelectMany(p => Scans(p)).ToList();
        Assert.All(tables, table => Assert.True(scans.Exists(s => s.Table == table), $"{what}: no plan touches {table}"));
        Assert.All(scans.Where(s => Grown.Contains(s.Table)), s =>
            Assert.True(s.Node != "Seq Scan" && s.Rows <= most, $"{what}: {s.Node} on {s.Table}, {s.Rows} rows\n{s.How}"));
    }

    async Task BookAsync(AppUser worker, Guid slot)
    {
        var made = await app.With((BookSlotHandler handler) => handler.HandleAsync(new(Guid.CreateVersion7(), slot, worker.Id, 1)));
        Assert.False(made.IsRefused, made.Refusal?.Code);
    }

    async Task<int> CancelAsync(AppUser worker)
    {
        var booking = await app.Scalar<Guid>("select id from bookings where member_id = $1", worker.Id);
        return (await app.With((CancelBookingHandler handler) => handler.HandleAsync(new(booking, worker.Id)))).IsRefused ? 0 : 1;
    }

    Task<Guid> FreeSlotAsync() => app.Scalar<Guid>("select id from slots where state = 'open' and taken < capacity and starts_at > $1 order by starts_at limit 1", app.Now.AddDays(1));

    Task<Guid> One(string sql) => app.Scalar<Guid>(sql);

    /// <summary>40 spaces, each with an hourly slot for three weeks back and ahead; 50,000 bookings on them, most of them past; their mail.</summary>
    async Task GrowAsync()
    {
        await app.Make.GrassrootsUnion();
        await app.Execute("""
            insert into users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, lockout_enabled, display_name, language, created_at)
            select gen_random_uuid(), 'm' || n, 'M' || n, 'm' || n, 'M' || n, true, '', true, 'm' || n, 'en', $1 from generate_series(1, 2000) n
            """, app.Now);
        await app.Execute("""
            insert into memberships (user_id, union_id, card_number, name, state, asked_at, verified_at, verified_how)
            select u.id, g.id, u.user_name, u.display_name, 'verified', $1, $1, 'demo' from users u, (select id from unions where level = 'grassroots') g
            """, app.Now);
        for (var i = 0; i < 8; i++)
        {
            var venue = await app.Make.Venue();
            await app.Make.Agreement(venue);
            for (var j = 0; j < 5; j++)
                await app.Make.Space(venue, capacity: 20);
        }
        await app.Execute("""
            insert into slots (id, venue_id, space_id, agreement_id, activity, starts_at, ends_at, capacity, max_party, state,
                opens_at, all_opens_at, quota_lifted_at, closes_at, cancel_until, return_by, taken)
            select gen_random_uuid(), p.venue_id, p.id, a.id, p.activity, at, at + interval '1 hour', 20, 4, case when at < $1 then 'closed' else 'open' end,
                at - interval '14 days', at - interval '7 days', at - interval '30 days', at, at - interval '2 hours', at - interval '3 hours',
                case when at < $1 or date_part('hour', at)::int % 2 = 0 then 4 else 0 end
            from spaces p join agreements a on a.venue_id = p.venue_id,
                generate_series(date_trunc('hour', $1) - interval '11 days', date_trunc('hour', $1) + interval '10 days', interval '1 hour') at
            """, app.Now);
        // Members go round slots and mod 2000 keeps a member off a slot twice.
        await app.Execute("""
            with s as (select *, row_number() over (order by starts_at, id) as n from slots where taken = 4),
            m as (select id, row_number() over (order by id) as n from users where user_name like 'm%')
            insert into bookings (id, slot_id, venue_id, member_id, activity, starts_at, ends_at, party_size, places, code, state, created_at)
            select gen_random_uuid(), s.id, s.venue_id, m.id, s.activity, s.starts_at, s.ends_at, 1, 1, lpad(to_hex(s.n * 4 + k), 6, '0'),
                case when s.starts_at < $1 then 'attended' else 'booked' end, s.starts_at - interval '1 day'
            from s, generate_series(0, 3) k, m
            where m.n = (s.n * 4 + k) % 2000 + 1
            """, app.Now);
        await app.Execute("""
            insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, created_at, due_at, next_attempt_at, state)
            select gen_random_uuid(), 'booking_confirmed', id::text, member_id, id, created_at, created_at, created_at, 'sent' from bookings where state = 'attended' limit 20000
            """);
        await app.Make.User("veteran");
        await app.Execute("""
            with made as (
                insert into bookings (id, slot_id, venue_id, member_id, activity, starts_at, ends_at, party_size, places, code, state, created_at)
                select gen_random_uuid(), gen_random_uuid(), s.venue_id, u.id, s.activity, at, at + interval '1 hour', 1, 1, 'AAAAAA', 'attended', at - interval '1 hour'
                from (select id from users where display_name = 'veteran') u, (select * from slots limit 1) s, generate_series(1, 3000) n, lateral (select $1 - interval '1 day' * n as at) t
                returning id, member_id, created_at)
            insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, created_at, due_at, next_attempt_at, state)
            select gen_random_uuid(), 'booking_confirmed', id::text, member_id, id, created_at, created_at, created_at, 'sent' from made where created_at > $1 - interval '90 days'
            """, app.Now);
        await app.Execute("update outbox set state = 'failed' where id in (select id from outbox order by id limit 20)");
        // Everybody was looked at by one who looks all day; jobs have run for a month, and found nothing to do since yesterday.
        await app.Execute("""
            insert into audit_entries (id, at, actor_id, actor_name, action, subject, subject_id)
            select gen_random_uuid(), $1 - interval '1 minute' * n, '00000000-0000-0000-0000-000000000001', 'x', 'member.view', 'user', u.id
            from generate_series(1, 10) n, users u
            """, app.Now);
        await app.Execute("""
            insert into audit_entries (id, at, actor_name, action, subject)
            select gen_random_uuid(), $1 - interval '1 minute' * n, case when n = 0 then 'once' when n <= 60 then 'rare looker ' || n else 'was busy' end, 'member.view', 'user'
            from generate_series(0, 3000) n
            """, app.Now.AddDays(-90));
        await app.Execute("""
            insert into job_runs (id, job, started_at, ended_at, done)
            select gen_random_uuid(), 'job' || n % 20, at, at, case when at < $1 - interval '1 day' then 1 else 0 end
            from generate_series(0, 24999) n, lateral (select $1 - interval '100 seconds' * n as at) t
            """, app.Now);
        for (var i = 0; i < 30; i++)
            await app.Make.Agreement(published: false);
        Assert.True(await app.Scalar<long>("select count(*) from slots") > 20_000);
        Assert.True(await app.Scalar<long>("select count(*) from bookings") > 50_000);
        // As autovacuum leaves what has grown. Without it the index of open slots that are over costs about what the whole table does: of
        // half that are open and half that are over, a quarter is expected to be both.
        await app.Execute("vacuum analyze");
    }

    /// <summary>From now on every new connection says how it ran its statements.</summary>
    async Task ExplainAsync()
    {
        var database = await app.Scalar<string>("select quote_ident(current_database())");
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("session_preload_libraries", "auto_explain"), ("auto_explain.log_min_duration", "0"),
            ("auto_explain.log_level", "notice"), ("auto_explain.log_format", "json"), ("auto_explain.log_analyze", "on"), ("auto_explain.log_timing", "off")])
            await app.Execute($"alter database {database} set {name} = '{value}'");
        app.Services.GetRequiredService<NpgsqlDataSource>().Clear();
    }

    static IEnumerable<(string Node, string Table, long Rows, string How)> Scans(JsonElement explained)
    {
        var query = explained.GetProperty("Query Text").GetString()!;
        return Nodes(explained.GetProperty("Plan"))
            .Where(n => n.TryGetProperty("Relation Name", out _) && n.GetProperty("Node Type").GetString() != "ModifyTable")
            .Select(n => (n.GetProperty("Node Type").GetString()!, n.GetProperty("Relation Name").GetString()!,
                (Number(n, "Actual Rows") + Number(n, "Rows Removed by Filter")) * Number(n, "Actual Loops"), $"{n}\n{query}"));
    }

    static IEnumerable<JsonElement> Nodes(JsonElement plan) =>
        plan.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(plan) : [plan];

    static long Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? (long)value.GetDouble() : 0;

    /// <summary>The plans among what the server tells its clients.</summary>
    sealed class PlanLog : ILoggerProvider, ILogger
    {
        readonly ConcurrentQueue<JsonElement> seen = new();

        public List<JsonElement> Take()
        {
            var taken = new List<JsonElement>();
            while (seen.TryDequeue(out var plan))
                taken.Add(plan);
            return taken;
        }

        public ILogger CreateLogger(string categoryName) => this;
        public bool IsEnabled(LogLevel logLevel) => true;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            if (text.IndexOf("plan:\n{", StringComparison.Ordinal) is >= 0 and var at)
                seen.Enqueue(JsonDocument.Parse(text[(at + 6)..(text.LastIndexOf('}') + 1)]).RootElement);
        }

        public void Dispose()
        {
        }
    }
}

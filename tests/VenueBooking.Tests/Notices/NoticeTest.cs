using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Jobs;
using VenueBooking.Notices;

namespace VenueBooking.Tests.Notices;

/// <summary>What tests of the outbox share: a kind of notice whose content the test decides, and a host that sends by SMTP.</summary>
static class NoticeTest
{
    public const string Kind = "test_notice";

    public static Task<App> ByFileAsync(Action<IServiceCollection>? more = null) => App.StartAsync(services =>
    {
        services.AddSingleton<INoticeTemplate, TestTemplate>();
        services.Configure<MailOptions>(o => o.Mailbox = true);
        more?.Invoke(services);
    });

    public static Task<App> BySmtpAsync(SmtpServer server, Action<MailOptions>? more = null) => App.StartAsync(services =>
    {
        services.AddSingleton<INoticeTemplate, TestTemplate>();
        services.Configure<MailOptions>(o =>
        {
            (o.Smtp.Host, o.Smtp.Port, o.Smtp.StartTls, o.Smtp.TimeoutSeconds) = ("localhost", server.Port, false, 5);
            more?.Invoke(o);
        });
    });

    /// <summary>Something to say to somebody, as a module says it.</summary>
    public static async Task<Guid> NotifyAsync(this App app, AppUser user, string subject = "预约成功", object? payload = null, string kind = Kind)
    {
        var key = Guid.CreateVersion7().ToString("N");
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(kind, key, user.Id, payload: payload ?? new { subject });
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await db.SaveChangesAsync();
        return await db.Set<Notice>().Where(n => n.DedupeKey == key).Select(n => n.Id).SingleAsync();
    }

    public static Task<int> SendAsync(this App app) => app.Services.GetRequiredService<JobRunner>().RunAsync<SendDueNotices>();

    /// <summary>Sends, where the mail server may be down.</summary>
    public static async Task TrySendAsync(this App app)
    {
        try
        {
            await app.SendAsync();
        }
        catch (MailServerDownException)
        {
        }
    }

    public static Task<Notice> NoticeAsync(this App app, Guid id) => app.Query(db => db.Set<Notice>().AsNoTracking().SingleAsync(n => n.Id == id));

    /// <summary>Says what the payload tells it to.</summary>
    sealed class TestTemplate : INoticeTemplate
    {
        public string Kind => NoticeTest.Kind;

        public Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct)
        {
            var root = notice.Payload.RootElement;
            if (root.TryGetProperty("nothing", out _)) return Task.FromResult<NoticeContent?>(null);
            if (root.TryGetProperty("broken", out _)) throw new InvalidOperationException("a defect");
            var calendar = root.TryGetProperty("ics", out var ics) ? new NoticeCalendar("REQUEST", ics.GetString()!) : null;
            return Task.FromResult<NoticeContent?>(new(root.GetProperty("subject").GetString()!,
                ["羽毛球 1 号场 <周四>", "第二段"], new("查看预约", "https://venue.example/bookings/1?a=1&b=2"), calendar));
        }
    }
}

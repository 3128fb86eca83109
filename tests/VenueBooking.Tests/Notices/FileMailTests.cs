using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Notices;

namespace VenueBooking.Tests.Notices;

public sealed class FileMailTests : IAsyncLifetime
{
    App app = null!;

    public async Task InitializeAsync() => app = await NoticeTest.ByFileAsync();

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    MailFolder Folder => app.Services.GetRequiredService<MailFolder>();

    [Fact]
    public async Task A_mail_sent_again_after_a_crash_takes_the_place_of_itself()
    {
        var id = await app.NotifyAsync(await app.Make.User());
        await app.SendAsync();
        // The process died between handing over and marking; the lease ran out.
        await app.Execute("update outbox set state = 'due', sent_at = null where id = $1", id);
        await app.SendAsync();

        Assert.Equal([id], Folder.Newest().Select(f => f.Id));
        Assert.False(Directory.Exists(Path.Combine(Folder.Path, ".writing")) && Directory.GetFileSystemEntries(Path.Combine(Folder.Path, ".writing")).Length > 0);
    }

    [Fact]
    public async Task The_recipient_s_language_decides()
    {
        var chinese = await app.NotifyAsync(await app.Make.User("王小明"));
        var english = await app.NotifyAsync(await app.Make.User("Wang", language: "en"));
        await app.SendAsync();

        var zh = await MailFile.ReadAsync(Folder.FileOf(chinese), default);
        var en = await MailFile.ReadAsync(Folder.FileOf(english), default);
        Assert.StartsWith("王小明，您好：", zh.Text, StringComparison.Ordinal);
        Assert.StartsWith("Hello Wang,", en.Text, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", en.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_and_HTML_say_the_same_and_the_HTML_loads_nothing()
    {
        var id = await app.NotifyAsync(await app.Make.User("<b>王</b>"));
        await app.SendAsync();

        var mail = await MailFile.ReadAsync(Folder.FileOf(id), default);
        Assert.All(["<b>王</b>，您好：", "羽毛球 1 号场 <周四>", "第二段", "查看预约", "https://venue.example/bookings/1?a=1&b=2"], words =>
        {
            Assert.Contains(words, mail.Text, StringComparison.Ordinal);
            Assert.Contains(words, System.Net.WebUtility.HtmlDecode(Regex.Replace(mail.Html!, "<[^>]*>", "")), StringComparison.Ordinal);
        });
        Assert.DoesNotMatch("<(img|link|script|style)|url\\(", mail.Html);
        Assert.DoesNotContain("<b>王</b>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_expired_or_has_nothing_left_to_say_is_dropped()
    {
        var user = await app.Make.User();
        var late = await app.NotifyAsync(user);
        await app.Execute("update outbox set expires_at = $2 where id = $1", late, app.Clock.Now.AddMinutes(-1));
        var nothing = await app.NotifyAsync(user, payload: new { nothing = true });

        await app.SendAsync();

        Assert.Equal(NoticeState.Dropped, (await app.NoticeAsync(late)).State);
        Assert.Equal(NoticeState.Dropped, (await app.NoticeAsync(nothing)).State);
        Assert.Empty(Folder.Newest());
    }

    [Fact]
    public async Task A_defect_in_one_template_holds_up_nobody_and_its_notice_waits()
    {
        var user = await app.Make.User();
        var broken = await app.NotifyAsync(user, payload: new { broken = true });
        var unknown = await app.NotifyAsync(user, kind: "never_heard_of");
        var fine = await app.NotifyAsync(user);

        await app.SendAsync();

        Assert.Equal(NoticeState.Due, (await app.NoticeAsync(broken)).State);
        Assert.Contains("a defect", (await app.NoticeAsync(broken)).LastError, StringComparison.Ordinal);
        Assert.Contains("never_heard_of", (await app.NoticeAsync(unknown)).LastError, StringComparison.Ordinal);
        Assert.Equal(NoticeState.Sent, (await app.NoticeAsync(fine)).State);
    }

    [Fact]
    public async Task A_subject_cannot_smuggle_a_header_in()
    {
        var id = await app.NotifyAsync(await app.Make.User(), subject: "hello\r\nBcc: all@test.example");
        await app.SendAsync();

        Assert.DoesNotContain("\nBcc", await File.ReadAllTextAsync(Folder.FileOf(id)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_address_that_is_none_fails_at_once()
    {
        var user = await app.Make.User();
        var id = await app.NotifyAsync(user);
        await app.Execute("update outbox set address = 'not an address' where id = $1", id);

        await app.SendAsync();

        Assert.Equal(NoticeState.Failed, (await app.NoticeAsync(id)).State);
    }

    [Fact]
    public async Task The_local_mailbox_shows_the_mail_and_its_parts()
    {
        var user = await app.Make.User("王小明");
        await app.NotifyAsync(await app.Make.User(), "给别人的");
        var id = await app.NotifyAsync(user, payload: new { subject = "预约成功", ics = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" });
        await app.SendAsync();
        var visitor = app.Visitor();

        var list = await visitor.Get("/dev/mail");
        Assert.Equal(["预约成功", "给别人的"], list.All("tbody th a").Select(a => a.TextContent.Trim()));
        var mine = await list.Submit(("收件人", user.Email!));
        Assert.Equal(["预约成功"], mine.All("tbody th a").Select(a => a.TextContent.Trim()));
        var mail = await mine.Follow("预约成功");
        Assert.Equal("预约成功", mail.Title);
        var frame = await visitor.Get(mail.One("iframe").GetAttribute("src")!);
        Assert.Contains("羽毛球 1 号场", frame.Body, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", frame.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("第二段", (await mail.Follow("纯文本")).Text, StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR", (await mail.Follow("日历文件")).Body, StringComparison.Ordinal);
        Assert.Contains(id.ToString("N"), (await mail.Follow("下载邮件")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_local_mailbox_goes_on_to_the_next_page_and_refuses_what_is_no_cursor()
    {
        var user = await app.Make.User();
        for (var i = 1; i <= 27; i++) await app.NotifyAsync(user, $"第{i}封");
        await app.SendAsync();
        var visitor = app.Visitor();

        var first = await visitor.Get("/dev/mail");
        var second = await visitor.Get(first.One("a[rel=next]").GetAttribute("href")!);

        Assert.Equal(25, first.All("tbody tr").Count);
        Assert.Equal(2, second.All("tbody tr").Count);
        var mended = await visitor.Get("/dev/mail?cursor=x");
        Assert.Contains("已略去", mended.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(25, mended.All("tbody tr").Count);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await visitor.Get($"/dev/mail/{Guid.CreateVersion7()}")).Status);
    }
}

public sealed class NoticeKindTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_kind_of_notice_has_a_template_of_its_own_and_a_name_in_words(string language)
    {
        var kinds = await App.With<IEnumerable<INoticeTemplate>, List<string>>(all => Task.FromResult(all.Select(t => t.Kind).ToList()));
        var texts = App.Services.GetRequiredService<VenueBooking.Web.Texts>();

        Assert.NotEmpty(kinds);
        Assert.Equal(kinds.Count, kinds.Distinct().Count());
        Assert.Empty(VenueBooking.Web.Languages.In(language, () => kinds.Where(k => texts["notice_" + k] == "notice_" + k).ToList()));
    }
}

public sealed class SharedKeyTests(AppLease lease) : AppTest(lease)
{
    // Looked up across all modules: the same key in two of them would let one module's words stand in for the other's.
    static readonly string[] Prefixes = ["mail_", "notice_", "job_"];

    [Fact]
    public void A_key_that_is_looked_up_across_modules_belongs_to_one()
    {
        var factory = App.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizerFactory>();
        var keys = VenueBooking.Web.Languages.In("zh-CN", () => VenueBooking.Web.Texts.Sources
            .SelectMany(source => factory.Create(source).GetAllStrings(includeParentCultures: false).Select(text => text.Name))
            .Where(key => Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))).ToList());

        Assert.Contains("notice_booking_confirmed", keys);
        Assert.Empty(keys.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key));
    }
}

public sealed class NoMailboxTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData("/dev/mail")]
    [InlineData("/dev/mail/01900000-0000-7000-8000-000000000001")]
    public async Task Outside_Development_there_is_no_local_mailbox(string path) =>
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await App.Visitor().Get(path)).Status);
}

using System.Net;
using VenueBooking.Accounts;
using VenueBooking.Notices;

namespace VenueBooking.Tests.Notices;

public sealed class StaffNoticesTests : IAsyncLifetime, IDisposable
{
    readonly SmtpServer server = new();
    App app = null!;

    public async Task InitializeAsync() => app = await NoticeTest.BySmtpAsync(server);

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    public void Dispose() => server.Dispose();

    async Task<(AppUser Gone, Guid Failed)> OneFailedAsync()
    {
        var gone = await app.Make.User("李不在");
        server.OnRecipient = to => to == gone.Email ? "550 5.1.1 no such user" : null;
        var failed = await app.NotifyAsync(gone);
        await app.NotifyAsync(await app.Make.User("王小明"));
        await app.SendAsync();
        return (gone, failed);
    }

    [Fact]
    public async Task Staff_see_what_failed_and_why()
    {
        var (gone, _) = await OneFailedAsync();
        var staff = await app.SignedInAs(await app.Make.Staff());

        var all = await staff.Get("/staff/notices");
        var failed = await staff.Get("/staff/notices?state=failed");

        Assert.Equal(2, all.All("tbody tr").Count);
        var row = Assert.Single(failed.All("tbody tr"));
        Assert.Contains(gone.Email!, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("550", row.TextContent, StringComparison.Ordinal);
        Assert.True(await app.Scalar<long>("select count(*) from audit_entries where action = 'notice.list'") >= 2);
    }

    [Fact]
    public async Task Every_kind_that_can_be_written_is_a_choice_and_only_what_may_need_somebody_is_counted()
    {
        var staff = await app.SignedInAs(await app.Make.Staff());

        var none = await staff.Get("/staff/notices");
        Assert.Contains("开场提醒", none.All("select[name=kind] option").Select(o => o.TextContent.Trim()));
        Assert.Contains("还没有邮件", none.Text, StringComparison.Ordinal);
        Assert.Contains("没有符合条件的邮件", (await staff.Get("/staff/notices?to=x")).Text, StringComparison.Ordinal);
        Assert.Contains("没有符合条件的邮件", (await staff.Get("/staff/notices?to=" + new string('x', 101))).Text, StringComparison.Ordinal);

        await OneFailedAsync();
        var counts = (await staff.Get("/staff/notices")).All(".tabs a .muted").Select(c => c.TextContent.Trim());
        Assert.Equal(["0", "1"], counts);
    }

    [Fact]
    public async Task Sent_again_it_goes_out_once_and_the_audit_log_has_it()
    {
        var (gone, failed) = await OneFailedAsync();
        server.OnRecipient = _ => null;
        var staff = await app.SignedInAs(await app.Make.Staff());
        var page = await staff.Get("/staff/notices?state=failed");

        var after = await page.Press("重新发送");
        var twice = await page.Press("重新发送");
        await app.SendAsync();

        Assert.Contains("已重新排队", after.Body, StringComparison.Ordinal);
        Assert.Contains("不需要重发", twice.Body, StringComparison.Ordinal);
        Assert.Single(server.To(gone.Email!));
        Assert.Equal(NoticeState.Sent, (await app.NoticeAsync(failed)).State);
        Assert.Equal(1L, await app.Scalar<long>("select count(*) from audit_entries where action = 'notice.resend' and subject_id = $1", failed));
    }

    [Fact]
    public async Task All_failed_mails_are_sent_again_by_one_button()
    {
        var (gone, _) = await OneFailedAsync();
        server.OnRecipient = _ => null;
        var staff = await app.SignedInAs(await app.Make.Staff());

        await (await staff.Get("/staff/notices")).Press("全部重发");
        await app.SendAsync();

        Assert.Single(server.To(gone.Email!));
        Assert.Equal(2, server.Taken.Count);
    }

    [Theory]
    [InlineData("不在", 1)]
    [InlineData("%", 0)]
    [InlineData("test.example", 2)]
    public async Task The_list_is_narrowed_by_recipient(string words, int expected)
    {
        await OneFailedAsync();
        var staff = await app.SignedInAs(await app.Make.Staff());

        var found = await (await staff.Get("/staff/notices")).Press("筛选", ("收件人", words));

        Assert.Equal(expected, found.All("tbody tr").Count);
    }

    [Fact]
    public async Task Who_has_left_is_written_to_once_more_and_then_the_address_is_forgotten()
    {
        var user = await app.Make.Worker(email: "gone@test.example");
        await app.Make.Booking(member: user);
        server.OnRecipient = _ => "550 5.2.2 mailbox full";
        await (await (await app.SignedInAs(user)).Get("/account/delete")).Submit(("当前密码", Make.Password));
        await app.SendAsync();
        Assert.Equal(2L, await app.Scalar<long>("select count(*) from outbox where state = 'failed' and address = 'gone@test.example'"));

        server.OnRecipient = _ => null;
        var staff = await app.SignedInAs(await app.Make.Staff());
        await (await staff.Get("/staff/notices")).Press("全部重发");
        await app.SendAsync();

        Assert.Equal(2, server.To("gone@test.example").Count);
        Assert.Equal(0L, await app.Scalar<long>("select count(*) from outbox where address <> ''"));
        Assert.All((await staff.Get("/staff/notices")).All("tbody tr"), row => Assert.Contains("已注销的账户", row.TextContent, StringComparison.Ordinal));
        Assert.Contains("已注销的账户", (await (await staff.Get("/staff/notices")).Follow("导出 CSV")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_has_every_line()
    {
        var (gone, _) = await OneFailedAsync();
        var staff = await app.SignedInAs(await app.Make.Staff());

        var csv = await (await staff.Get("/staff/notices")).Follow("导出 CSV");

        Assert.Equal(3, csv.Body.Trim().Split("\r\n").Length);
        Assert.Contains(gone.Email!, csv.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/staff/notices?state=nonsense&kind=%27&to=%27")]
    [InlineData("/staff/notices?handler=Export&state=1")]
    public async Task Nonsense_in_the_address_breaks_nothing(string path)
    {
        var staff = await app.SignedInAs(await app.Make.Staff());
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(path)).Status);
    }

    [Fact]
    public async Task A_worker_sees_nothing_of_it()
    {
        var worker = await app.SignedInAs(await app.Make.User(roles: Roles.Worker));
        Assert.Equal(HttpStatusCode.Forbidden, (await worker.Get("/staff/notices")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await worker.Get("/staff/jobs")).Status);
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Jobs;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

/// <summary>Whose address it is: the link in the mail, the password beside it, and what becomes of who never follows it.</summary>
public sealed class ConfirmTests(AppLease lease) : AppTest(lease)
{
    const string Email = "wang@test.example";

    [Fact]
    public async Task Who_never_confirms_holds_no_card_against_its_owner()
    {
        await Make.RosterEntry(await Make.GrassrootsUnion(), "王小明", "C-1001");
        foreach (var email in new[] { "squatter@test.example", Email })
            Assert.Equal("请查收邮件", (await (await App.Visitor().Get("/account/register"))
                .Submit(("邮箱", email), ("姓名", "王小明"), ("密码", Make.Password), ("会员卡号", "C-1001"))).Title);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from memberships where state = 'verified'"));

        var link = await App.MailedLinkAsync("account_confirm");
        var pages = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => App.ConfirmByMailAsync(App.Visitor())));
        Assert.All(pages, page => Assert.Equal("/", page.Path));
        // And once more, later.
        Assert.Equal("邮箱已确认", (await App.Visitor().Get(link)).Title);

        Assert.Equal(Email, await App.Scalar<string>("select string_agg(u.email, ',') from users u join memberships m on m.user_id = u.id where m.state = 'verified'"));
        Assert.Equal(1, await App.MailCountAsync("membership_verified"));
    }

    [Fact]
    public async Task Who_is_signed_in_is_led_on_by_the_link_tapped_again_and_by_the_form_sent_again()
    {
        var visitor = App.Visitor();
        await Register(visitor);
        var form = await visitor.Get(await App.MailedLinkAsync("account_confirm"));
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal("/", (await form.Press("确认并登录", ("密码", Make.Password))).Path);
        Assert.Equal("/", (await visitor.Get(form.Path)).Path);

        // Some link of theirs, be it cut off or too old.
        Assert.Equal("/account", (await visitor.Get(form.Path.Replace("code=", "code=x", StringComparison.OrdinalIgnoreCase) + "&returnUrl=%2Faccount")).Path);
        Assert.Equal("链接已失效", (await (await App.SignedInAs(await Make.Worker())).Get(form.Path.Replace("code=", "code=x", StringComparison.OrdinalIgnoreCase))).Title);
    }

    [Fact]
    public async Task A_link_to_confirm_an_account_that_an_administrator_locked_says_so()
    {
        var visitor = App.Visitor();
        await Register(visitor);
        await App.Execute("update users set lockout_end = 'infinity'");

        var page = await App.ConfirmByMailAsync(visitor);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("管理员锁定了这个账户", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_confirmed_together_with_what_the_roster_says_or_not_at_all()
    {
        await Make.RosterEntry(await Make.GrassrootsUnion(), "王小明", "C-1001");
        await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = Email, password = Make.Password, name = "王小明", cardNumber = "C-1001" });
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("select 1 from memberships for update", connection);
        await hold.ExecuteNonQueryAsync();
        var confirming = App.ConfirmByMailAsync();
        await Task.Delay(500);
        Assert.False(await App.Scalar<bool>("select email_confirmed from users"));
        await held.RollbackAsync();

        await confirming;
        Assert.Equal("verified", await App.Scalar<string>("select m.state from memberships m join users u on u.id = m.user_id where u.email_confirmed"));
    }

    [Fact]
    public async Task Who_registers_more_often_than_mails_go_keeps_what_the_last_mail_confirms()
    {
        var api = await App.ApiAs(null);
        for (var n = 1; n <= 5; n++)
            Assert.Equal(HttpStatusCode.OK, (await api.Post("/api/v1/auth/register", new { email = Email, password = Make.Password + n })).Status);
        Assert.Equal(3, await App.MailCountAsync("account_confirm"));

        var page = await App.Visitor().Get(await App.MailedLinkAsync("account_confirm"));
        Assert.Equal("/", (await page.Submit(("密码", Make.Password + 3))).Path);
    }

    [Fact]
    public async Task Who_never_confirms_is_forgotten_after_thirty_days()
    {
        var union = await Make.GrassrootsUnion();
        await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = Email, password = Make.Password, name = "王小明", unionId = union.Id, cardNumber = "C-1001" });
        var (officer, booked) = (await Make.User("李干部", confirmed: false, roles: Roles.UnionOfficer), await Make.Worker(union));
        await Make.Booking(member: booked);
        await App.Execute("update users set email_confirmed = false where id = $1", booked.Id);
        var stays = await Make.User();
        var jobs = App.Services.GetRequiredService<JobRunner>();

        Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await jobs.RunAsync<PruneUnconfirmed>());
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await jobs.RunAsync<PruneUnconfirmed>());
        Assert.Equal(0, await App.Scalar<long>("select count(*) from memberships where card_number = 'C-1001'"));
        Guid[] left = [officer.Id, booked.Id, stays.Id];
        Assert.Equal(3, await App.Scalar<long>("select count(*) from users where id = any($1)", left));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from users where email = $1", Email));
    }

    [Fact]
    public async Task Of_two_who_confirm_with_one_card_one_is_verified_and_the_other_is_confirmed_and_waits()
    {
        await Make.RosterEntry(await Make.GrassrootsUnion(), "王小明", "C-1001");
        var links = new List<string>();
        foreach (var email in new[] { "other@test.example", Email })
        {
            await (await App.Visitor().Get("/account/register")).Submit(("邮箱", email), ("姓名", "王小明"), ("密码", Make.Password), ("会员卡号", "C-1001"));
            links.Add(await App.MailedLinkAsync("account_confirm"));
        }
        var forms = await Task.WhenAll(links.Select(link => App.Visitor().Get(link)));
        var pages = await Task.WhenAll(forms.Select(form => form.Press("确认并登录", ("密码", Make.Password))));
        Assert.All(pages, page => Assert.Equal("/", page.Path));
        Assert.Equal(2, await App.Scalar<long>("select count(*) from users where email_confirmed"));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from memberships where state = 'verified'"));
    }

    [Fact]
    public async Task A_confirmation_link_alone_confirms_nothing_a_stranger_registered()
    {
        await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = Email, password = "Strangers-Horse-1" });
        var visitor = App.Visitor();
        var page = await App.ConfirmByMailAsync(visitor, "Owners-Horse-2");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("密码不正确", page.Text, StringComparison.Ordinal);
        for (var i = 0; i < 5; i++)
            page = await page.Press("确认并登录", ("密码", "Owners-Horse-2"));
        Assert.Contains("连续输错", page.Text, StringComparison.Ordinal);
        Assert.False(await App.Scalar<bool>("select email_confirmed from users"));
        Assert.NotNull(page.Link("忘记密码？"));
    }

    [Fact]
    public async Task A_password_set_anew_by_mail_confirms_the_address_too()
    {
        await Make.RosterEntry(await Make.GrassrootsUnion(), "王小明", "C-1001");
        await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = Email, password = "Strangers-Horse-1", name = "王小明", cardNumber = "C-1001" });
        var visitor = App.Visitor();
        await (await visitor.Get("/account/forgot")).Submit(("邮箱", Email));
        await (await visitor.Get(await App.MailedLinkAsync("account_reset"))).Submit(("新密码", Make.Password));

        await (await visitor.Get("/account/login")).Press("登录", ("邮箱", Email), ("密码", Make.Password));
        Assert.Equal("/account", (await visitor.Get("/account")).Path);
        Assert.Equal("verified", await App.Scalar<string>("select state from memberships"));
    }

    [Fact]
    public async Task The_confirmation_mail_can_be_sent_again_and_only_the_owner_notices()
    {
        var visitor = App.Visitor();
        await Register(visitor);
        var again = await (await visitor.Get("/account/resend")).Submit(("邮箱", Email));
        var nobody = await (await visitor.Get("/account/resend")).Submit(("邮箱", "nobody@test.example"));
        Assert.Equal(again.Text, nobody.Text);
        Assert.Equal(2, await App.MailCountAsync("account_confirm"));
    }

    [Fact]
    public async Task A_wrong_or_cut_off_confirmation_link_says_what_to_do()
    {
        var visitor = App.Visitor();
        await Register(visitor);
        var link = await App.MailedLinkAsync("account_confirm");
        foreach (var broken in new[] { link[..^10], "/account/confirm", "/account/confirm?userId=x&code=y" })
        {
            var page = await visitor.Get(broken);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.NotNull(page.Link("重新发送确认邮件"));
        }
    }

    static async Task Register(Visitor visitor) =>
        await (await visitor.Get("/account/register")).Submit(("邮箱", Email), ("姓名", "王小明"), ("密码", Make.Password));
}

using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

public sealed class OwnAccountTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_the_owner_gets_a_mail()
    {
        var user = await Make.Worker();
        var (here, elsewhere) = (await App.SignedInAs(user), await App.SignedInAs(user));
        await (await here.Get("/account/password")).Submit(("当前密码", Make.Password), ("新密码", "Another-Horse-43"));

        Assert.Equal("/account", (await here.Get("/account")).Path);
        Assert.StartsWith("/account/login", (await elsewhere.Get("/account")).Path, StringComparison.Ordinal);
        Assert.Equal(1, await App.MailCountAsync("account_password_changed"));
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing_and_writes_no_mail()
    {
        var visitor = await App.SignedInAs(await Make.Worker());
        var page = await (await visitor.Get("/account/password")).Submit(("当前密码", "Wrong-Horse-42"), ("新密码", "Another-Horse-43"));
        Assert.Contains("密码不正确", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.MailCountAsync("account_password_changed"));
    }

    [Fact]
    public async Task Signing_out_everywhere_leaves_only_this_session()
    {
        var user = await Make.Worker();
        var (here, elsewhere) = (await App.SignedInAs(user), await App.SignedInAs(user));
        await (await here.Get("/account/security")).Press("退出其他所有设备");
        Assert.Equal("/account", (await here.Get("/account")).Path);
        Assert.StartsWith("/account/login", (await elsewhere.Get("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_counts_once_confirmed_and_the_old_one_is_told()
    {
        var user = await Make.Worker(email: "old@test.example");
        var visitor = await App.SignedInAs(user);
        await (await visitor.Get("/account/email")).Submit(("新邮箱", "new@test.example"), ("当前密码", Make.Password));
        Assert.Equal("old@test.example", await App.Scalar<string>("select email from users where id = $1", user.Id));

        var link = await App.MailedLinkAsync("account_email_change");
        // A second tap on it is as good as the first.
        Assert.Equal("确认新邮箱", (await visitor.Get(link)).Title);
        Assert.Equal("old@test.example", await App.Scalar<string>("select email from users where id = $1", user.Id));
        foreach (var confirmed in new[] { await (await visitor.Get(link)).Press("确认这个邮箱"), await visitor.Get(link) })
            Assert.Equal("邮箱已确认", confirmed.Title);

        Assert.Equal("new@test.example", await App.Scalar<string>("select email from users where id = $1", user.Id));
        Assert.Equal("old@test.example", await App.Scalar<string>("select address from outbox where kind = 'account_email_changed'"));
        var page = await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", "new@test.example"), ("密码", Make.Password));
        Assert.Equal("/account", page.Path);
    }

    [Fact]
    public async Task An_address_that_somebody_else_took_meanwhile_is_refused_when_confirmed()
    {
        var user = await Make.Worker(email: "old@test.example");
        await (await (await App.SignedInAs(user)).Get("/account/email")).Submit(("新邮箱", "new@test.example"), ("当前密码", Make.Password));
        await Make.User(email: "new@test.example");
        var page = await (await App.Visitor().Get(await App.MailedLinkAsync("account_email_change"))).Press("确认这个邮箱");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("old@test.example", await App.Scalar<string>("select email from users where id = $1", user.Id));
    }

    [Fact]
    public async Task The_profile_keeps_name_language_and_large_letters()
    {
        var user = await Make.Worker();
        var visitor = await App.SignedInAs(user);
        var page = await (await visitor.Get("/account/profile")).Submit(("姓名", "李新名"), ("English", "true"), ("大字版", "true"));
        Assert.Equal("Profile", page.Title);
        Assert.Equal("en", await App.Scalar<string>("select language from users where id = $1", user.Id));
        Assert.Contains("elder", page.One("html").ClassName, StringComparison.Ordinal);
        Assert.Contains("李新名", page.One("header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_holds_my_data_and_nobody_elses()
    {
        var user = await Make.Worker(email: "mine@test.example", name: "王小明");
        await Make.Worker(email: "other@test.example");
        var answer = await (await App.SignedInAs(user)).Get("/account/data?handler=Export");
        var account = JsonDocument.Parse(answer.Body).RootElement.GetProperty("account");
        Assert.Equal("mine@test.example", account.GetProperty("email").GetString());
        Assert.Equal("王小明", account.GetProperty("name").GetString());
        Assert.Contains("attachment", answer.Response.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("other@test.example", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_holds_who_looked_and_what_I_did_each_once_and_in_order()
    {
        var (user, staff) = (await Make.Worker(), await Make.Staff("张干部"));
        foreach (var (minute, actor, subject, action) in new[] { (3, user, user, "account.password"), (1, staff, user, "member.view"), (2, user, staff, "membership.ask"), (4, staff, staff, "account.view") })
            await App.Execute("insert into audit_entries (id, at, actor_id, actor_name, action, subject, subject_id) values (gen_random_uuid(), $1, $2, $3, $4, 'user', $5)",
                Clock.Now.AddMinutes(minute).UtcDateTime, actor.Id, actor.DisplayName, action, subject.Id);

        var account = JsonDocument.Parse((await (await App.SignedInAs(user)).Get("/account/data?handler=Export")).Body).RootElement.GetProperty("account");

        Assert.Equal(["member.view", "membership.ask", "account.password"], account.GetProperty("auditTrail").EnumerateArray().Select(e => e.GetProperty("action").GetString()));
        Assert.Equal([false, true, true], account.GetProperty("auditTrail").EnumerateArray().Select(e => e.GetProperty("byMe").GetBoolean()));
        Assert.True(account.GetProperty("auditTrailIsComplete").GetBoolean());
    }

    [Fact]
    public async Task My_data_is_asked_for_so_often_and_no_oftener_while_its_page_can_be_looked_at()
    {
        var user = await Make.Worker();
        await using var strict = App.WithWebHostBuilder(host => host.UseSetting("RateLimits:Export:Permits", "2"));
        var http = strict.CreateClient(new() { BaseAddress = new("https://localhost"), AllowAutoRedirect = false });
        var (name, value) = await Tickets.CookieAsync(App, user, twoFactor: true);
        http.DefaultRequestHeaders.Add("Cookie", $"{name}={value}");
        var answers = new List<HttpStatusCode>();
        foreach (var query in new[] { "", "?handler=Export", "?handler=Export", "?handler=Export", "" })
            answers.Add((await http.GetAsync("/account/data" + query)).StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], answers);
    }

    [Fact]
    public async Task The_export_says_states_in_the_words_of_the_api_and_which_space_it_was()
    {
        var user = await Make.Worker();
        await Make.Booking(member: user);
        var known = JsonDocument.Parse((await (await App.SignedInAs(user)).Get("/account/data?handler=Export")).Body).RootElement;
        var booking = known.GetProperty("bookings")[0];
        Assert.Equal("booked", booking.GetProperty("state").GetString());
        Assert.Equal(await App.Scalar<string>("select name from spaces"), booking.GetProperty("space").GetString());
        Assert.Equal("verified", known.GetProperty("membership").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_deleted_account_leaves_nothing_of_the_person_and_no_way_in()
    {
        var user = await Make.Worker(email: "gone@test.example", name: "王小明");
        var (here, elsewhere) = (await App.SignedInAs(user), await App.SignedInAs(user));
        var refused = await (await here.Get("/account/delete")).Submit(("当前密码", "Wrong-Horse-42"));
        Assert.Contains("密码不正确", refused.Text, StringComparison.Ordinal);

        var page = await refused.Press("确认注销", ("当前密码", Make.Password));

        Assert.Equal("账户已注销", page.Title);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from users where email like 'gone%' or display_name = '王小明' or password_hash is not null"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from memberships where name = '王小明' or card_number is not null"));
        Assert.Equal("gone@test.example", await App.Scalar<string>("select address from outbox where kind = 'account_deleted'"));
        Assert.StartsWith("/account/login", (await elsewhere.Get("/account")).Path, StringComparison.Ordinal);
        // The address is free again.
        await (await App.Visitor().Get("/account/register")).Submit(("邮箱", "gone@test.example"), ("姓名", "新人"), ("密码", Make.Password));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from users where email = 'gone@test.example'"));
    }

    [Fact]
    public async Task A_deleted_account_gets_no_more_mails_and_stands_at_no_desk()
    {
        var user = await Make.Desk(await Make.Venue());
        var visitor = await App.SignedInAs(user);
        await (await visitor.Get("/account/forgot")).Submit(("邮箱", user.Email!));
        await (await visitor.Get("/account/email")).Submit(("新邮箱", "new@test.example"), ("当前密码", Make.Password));
        await App.Execute("update outbox set state = 'sent', sent_at = now() where kind = 'account_email_change'");
        Assert.Contains("account_reset", (await visitor.Get("/account/data?handler=Export")).Body, StringComparison.Ordinal);

        await (await visitor.Get("/account/delete")).Submit(("当前密码", Make.Password));

        Assert.Equal(0, await App.MailCountAsync("account_reset"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from outbox where address = 'new@test.example' or payload::text like '%new@test%'"));
        Assert.Equal(1, await App.MailCountAsync("account_deleted"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from venue_desks"));
    }

    [Fact]
    public async Task An_account_that_changed_meanwhile_is_not_deleted_but_asked_for_again()
    {
        var user = await Make.Worker();
        var outcome = await App.With(async (IServiceProvider scope) =>
        {
            var mine = await scope.GetRequiredService<AppDb>().Set<AppUser>().SingleAsync(u => u.Id == user.Id);
            await App.Execute("update users set concurrency_stamp = 'meanwhile' where id = $1", user.Id);
            return await scope.GetRequiredService<DeleteAccount>().HandleAsync(mine, default);
        });
        Assert.Equal("stale", outcome.Refusal?.Code);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from users where id = $1 and deleted_at is null", user.Id));
    }

    [Fact]
    public async Task Language_and_letters_chosen_on_the_way_to_sign_in_outlast_a_later_save_of_the_account()
    {
        var user = await Make.Worker();
        await App.With(async (IServiceProvider scope) =>
        {
            var users = scope.GetRequiredService<AppUsers>();
            var mine = (await users.FindByIdAsync($"{user.Id}"))!;
            var context = new DefaultHttpContext();
            context.Request.Headers.Cookie = "chosen=1; elder=1";
            await scope.GetRequiredService<PreferenceKeeper>().MeetAsync(context, mine);
            return await users.UpdateAsync(mine);
        });
        Assert.True(await App.Scalar<bool>("select elder_mode and preferences_chosen from users where id = $1", user.Id));
    }

    [Fact]
    public async Task The_only_administrator_cannot_leave()
    {
        var page = await (await (await App.SignedInAs(await Make.Admin())).Get("/account/delete")).Submit(("当前密码", Make.Password));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("唯一的管理员", page.Text, StringComparison.Ordinal);
    }
}

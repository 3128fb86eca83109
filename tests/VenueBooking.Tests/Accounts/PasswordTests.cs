using System.Net;
using VenueBooking.Accounts;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

public sealed class PasswordTests(AppLease lease) : AppTest(lease)
{
    const string Email = "worker.wang@test.example", Another = "Another-Horse-43";

    [Theory]
    [InlineData("1234567890")]
    [InlineData("QwertyUIOP")]
    [InlineData("worker.wang")]
    [InlineData("Worker.Wang@test.example")]
    public async Task What_everybody_would_try_first_is_no_password(string password)
    {
        var page = await (await App.Visitor().Get("/account/register")).Submit(("邮箱", Email), ("姓名", "王小明"), ("密码", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var reply = await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = Email, password });
        Assert.Contains(reply.Code, new[] { "password_is_address", "password_too_common" });
        Assert.Contains("密码", reply["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal($"urn:venuebooking:{reply.Code}", reply["type"].GetString());
    }

    [Fact]
    public async Task A_new_password_is_another_than_the_present_one()
    {
        var user = await Make.Worker();
        var page = await (await (await App.SignedInAs(user)).Get("/account/password")).Submit(("当前密码", Make.Password), ("新密码", Make.Password));
        Assert.Contains("这就是您现在的密码", page.Text, StringComparison.Ordinal);
        Assert.Equal("password_same", (await ChangeAsync(await App.ApiAs(user), Make.Password, Make.Password)).Code);
    }

    [Fact]
    public async Task A_password_changed_by_the_api_is_told_to_the_owner()
    {
        var user = await Make.Worker();
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(await App.ApiAs(user), Make.Password, Another)).Status);
        Assert.Equal(1, await App.MailCountAsync("account_password_changed"));
    }

    [Fact]
    public async Task A_password_set_by_the_mailed_code_over_the_api_is_told_too()
    {
        var user = await Make.Worker();
        var api = await App.ApiAs(null);
        await api.Post("/api/v1/auth/forgotPassword", new { email = user.Email });
        var code = System.Web.HttpUtility.ParseQueryString((await App.MailedLinkAsync("account_reset")).Split('?')[1])["code"];
        var wrong = await api.Post("/api/v1/auth/resetPassword", new { email = user.Email, resetCode = "AAAA", newPassword = Another });
        Assert.Equal(("invalid_token", "urn:venuebooking:invalid_token"), (wrong.Code, wrong["type"].GetString()));
        Assert.Equal(HttpStatusCode.OK, (await api.Post("/api/v1/auth/resetPassword", new { email = user.Email, resetCode = code, newPassword = Another })).Status);
        Assert.Equal(1, await App.MailCountAsync("account_password_changed"));
    }

    [Fact]
    public async Task A_password_that_is_too_long_to_be_proved_is_taken_nowhere()
    {
        var user = await Make.Worker();
        var (api, own, tooLong) = (await App.ApiAs(null), await App.ApiAs(user), string.Concat(Enumerable.Repeat("Long-Horse", 20)) + "!");
        await api.Post("/api/v1/auth/forgotPassword", new { email = user.Email });
        var link = await App.MailedLinkAsync("account_reset");
        var code = System.Web.HttpUtility.ParseQueryString(link.Split('?')[1])["code"];
        foreach (var refused in new[]
        {
            await api.Post("/api/v1/auth/resetPassword", new { email = user.Email, resetCode = code, newPassword = tooLong }),
            await api.Post("/api/v1/auth/register", new { email = Email, password = tooLong }), await ChangeAsync(own, Make.Password, tooLong),
        })
        {
            Assert.Equal((HttpStatusCode.BadRequest, "password_too_long"), (refused.Status, refused.Code));
            Assert.Contains("200", refused["detail"].GetString(), StringComparison.Ordinal);
        }
        Assert.Contains("不能超过 200 个字符", (await (await App.Visitor().Get(link)).Submit(("新密码", tooLong))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await api.Post("/api/v1/auth/resetPassword", new { email = user.Email, resetCode = code, newPassword = tooLong[..200] })).Status);
        var login = await api.Post("/api/v1/auth/login", new { email = user.Email, password = tooLong[..200] });
        own.Http.DefaultRequestHeaders.Authorization = new("Bearer", login["accessToken"].GetString());
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(own, tooLong[..200], Another)).Status);
    }

    [Fact]
    public async Task A_password_stays_when_the_address_sent_with_it_is_refused()
    {
        var user = await Make.Worker();
        foreach (var (address, code) in new[] { (user.Email!, "email_same"), ("no address", "invalid_email") })
        {
            var refused = await (await App.ApiAs(user)).Post("/api/v1/auth/manage/info", new { oldPassword = Make.Password, newPassword = Another, newEmail = address });
            Assert.Equal(code, refused.Code);
        }
        Assert.Equal(user.PasswordHash, await App.Scalar<string>("select password_hash from users where id = $1", user.Id));
        Assert.Equal(0, await App.MailCountAsync("account_password_changed"));
    }

    [Fact]
    public async Task Wrong_present_passwords_sent_to_the_api_lock_the_account()
    {
        var user = await Make.Worker();
        var api = await App.ApiAs(user);
        for (var i = 0; i < 5; i++)
        {
            var refused = await ChangeAsync(api, "Wrong-Horse-42", Another);
            Assert.Equal(("password_wrong", "oldPassword"), (refused.Code, refused["field"].GetString()));
        }
        Assert.True(await App.Scalar<bool>("select lockout_end is not null from users where id = $1", user.Id));
        Assert.Equal("password_locked", (await ChangeAsync(api, Make.Password, Another)).Code);
    }

    [Fact]
    public async Task A_new_address_asks_for_the_password_by_the_api_as_on_the_page()
    {
        var api = await App.ApiAs(await Make.Worker());
        Assert.Equal("old_password_required", (await api.Post("/api/v1/auth/manage/info", new { newEmail = "new@test.example" })).Code);
        Assert.Equal("password_wrong", (await api.Post("/api/v1/auth/manage/info", new { newEmail = "new@test.example", oldPassword = "Wrong-Horse-42" })).Code);
        Assert.Equal(0, await App.MailCountAsync("account_email_change"));
        Assert.Equal(HttpStatusCode.OK, (await api.Post("/api/v1/auth/manage/info", new { newEmail = "new@test.example", oldPassword = Make.Password })).Status);
        Assert.Equal(1, await App.MailCountAsync("account_email_change"));
    }

    [Fact]
    public async Task A_password_set_anew_by_mail_does_not_lift_an_administrators_lock()
    {
        var user = await Make.Worker(email: Email);
        await (await App.Visitor().Get("/account/forgot")).Submit(("邮箱", Email));
        await (await (await App.SignedInAs(await Make.Admin())).Get($"/admin/users/{user.Id}")).Press($"锁定 {user.DisplayName} 的账户");
        await App.Execute("update users set security_stamp = $2 where id = $1", user.Id, user.SecurityStamp!);

        var saved = await (await App.Visitor().Get(await App.MailedLinkAsync("account_reset"))).Submit(("新密码", Another));

        Assert.Contains("管理员锁定了这个账户", saved.Text, StringComparison.Ordinal);
        Assert.True(await App.Scalar<bool>("select lockout_end = 'infinity' from users where id = $1", user.Id));
        var page = await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", Email), ("密码", Another));
        Assert.Contains("管理员锁定了这个账户", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_does_not_bring_an_administrators_lock_nearer_its_end()
    {
        var user = await Make.Worker();
        await App.Execute("update users set lockout_end = 'infinity', access_failed_count = 4 where id = $1", user.Id);
        await App.With(async (AppUsers users) => await users.AccessFailedAsync((await users.FindByIdAsync($"{user.Id}"))!));
        Assert.True(await App.Scalar<bool>("select lockout_end = 'infinity' from users where id = $1", user.Id));
    }

    static Task<ApiReply> ChangeAsync(ApiClient api, string old, string wanted) => api.Post("/api/v1/auth/manage/info", new { oldPassword = old, newPassword = wanted });
}

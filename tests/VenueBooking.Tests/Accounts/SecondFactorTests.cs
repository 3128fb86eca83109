using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Accounts;
using VenueBooking.Accounts.Admin;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

/// <summary>Who has a second factor proves it before any comes, goes or is made anew; who has none sets up the first.</summary>
public sealed class SecondFactorTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task The_password_of_somebody_with_a_passkey_alone_neither_removes_it_nor_sets_up_another_factor()
    {
        var staff = await Make.Staff();
        var passkey = Convert.ToHexString(await Make.Passkey(staff));
        var thief = App.Visitor();
        var page = await (await thief.Get("/account/passkeys")).Press("登录", ("邮箱", staff.Email!), ("密码", Make.Password));
        Assert.Equal("/account/passkeys", page.Path);
        Assert.Null(page.Link("移除"));
        Assert.Empty(page.All("form[data-passkey]"));
        Assert.Equal("/account/passkeys", (await thief.Get($"/account/passkeys/remove?id={passkey}")).Path);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(page, thief, $"/account/passkeys/remove?id={passkey}", ("Password", Make.Password)));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(page, thief, "/account/passkeys?handler=Options"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(page, thief, $"/account/passkeys?handler=Rename&id={passkey}", ("Name", "another")));
        Assert.Empty((await thief.Get("/account/two-factor")).All("main span.code"));
        Assert.Equal(HttpStatusCode.NotFound, (await thief.Get("/account/two-factor?handler=Qr")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(page, thief, "/account/two-factor?handler=On", ("Code", "123456")));
        var led = await thief.Get("/staff/venues?q=x");
        Assert.Equal("/account/two-factor", led.Path.Split('?')[0]);
        Assert.Contains("请用通行密钥登录", led.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("要更改", led.Text, StringComparison.Ordinal);
        Assert.Equal("/account/login?handler=Passkey", led.One("form[data-passkey=get]").GetAttribute("action"));
        Assert.Equal("/staff/venues?q=x", led.One("form[data-passkey=get] input[name=ReturnUrl]").GetAttribute("value"));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from user_passkeys where user_id = $1", staff.Id));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from user_tokens where user_id = $1", staff.Id));
    }

    [Fact]
    public async Task Nor_does_it_by_the_api()
    {
        var staff = await Make.Staff();
        await Make.Passkey(staff);
        var api = await App.ApiAs(null);
        var login = await api.Post("/api/v1/auth/login", new { email = staff.Email, password = Make.Password });
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", login["accessToken"].GetString());
        Assert.Null((await TwoFactor(api, new { }))["sharedKey"].GetString());
        foreach (object body in new object[] { new { enable = true, twoFactorCode = "123456" }, new { resetSharedKey = true, password = Make.Password } })
        {
            var refused = await TwoFactor(api, body);
            Assert.Equal((HttpStatusCode.Forbidden, "passkey_needed"), (refused.Status, refused.Code));
        }
        Assert.Equal("passkey_needed", (await api.Get("/api/v1/agreements")).Code);
        Assert.Equal("passkey_needed", (await api.Post("/api/v1/auth/manage/info", new { newPassword = "Another-Horse-43", oldPassword = Make.Password })).Code);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from user_tokens where user_id = $1", staff.Id));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task With_an_authenticator_a_session_of_the_password_alone_changes_nothing_and_a_proved_one_may(bool isProved, bool isOn)
    {
        var user = await Make.Worker();
        await App.Execute("update users set two_factor_enabled = true where id = $1", user.Id);
        var visitor = await App.SignedInAs(user, twoFactor: isProved);
        var page = await visitor.Get("/account/two-factor");
        Assert.Equal(isProved, page.Link("关闭两步验证") is not null);
        Assert.Equal(isProved ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await PostAsync(page, visitor, "/account/passkeys?handler=Options"));
        Assert.Equal(isProved ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await PostAsync(page, visitor, "/account/two-factor?handler=Codes", ("Password", Make.Password)));
        var api = await App.ApiAs(user, twoFactor: isProved);
        Assert.Null((await TwoFactor(api, new { }))["sharedKey"].GetString());
        Assert.Equal(isProved ? null : "second_factor_unproved", (await TwoFactor(api, new { enable = false, password = Make.Password })).Code);
        Assert.Equal(isOn, await App.Scalar<bool>("select two_factor_enabled from users where id = $1", user.Id));
    }

    [Fact]
    public async Task Who_has_none_sets_up_the_first_by_the_api_and_reading_the_key_ends_no_token()
    {
        var staff = await Make.Staff();
        var api = await App.ApiAs(null);
        var login = await api.Post("/api/v1/auth/login", new { email = staff.Email, password = Make.Password });
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", login["accessToken"].GetString());
        var key = (await TwoFactor(api, new { }))["sharedKey"].GetString()!;
        Assert.Equal(key, (await TwoFactor(api, new { }))["sharedKey"].GetString());

        var on = await TwoFactor(api, new { enable = true, twoFactorCode = TotpCodes.Now(key) });

        Assert.Equal(10, on["recoveryCodes"].GetArrayLength());
        Assert.Null(on["sharedKey"].GetString());
        Assert.Equal("two_factor_on", await App.Scalar<string>("select payload->>'what' from outbox where kind = 'account_security'"));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'account.two_factor_on' and actor_id = $1", staff.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, (await TwoFactor(api, new { })).Status);
    }

    [Fact]
    public async Task By_the_api_too_turning_it_off_asks_for_the_password_and_the_owner_is_told()
    {
        var user = await Make.Worker();
        await App.Execute("update users set two_factor_enabled = true where id = $1", user.Id);
        var api = await App.ApiAs(user);
        foreach (var (body, code) in new (object, string)[] { (new { enable = false }, "password_missing"), (new { resetSharedKey = true }, "password_missing"),
            (new { resetRecoveryCodes = true, password = "Wrong-Horse-42" }, "password_wrong") })
        {
            var refused = await TwoFactor(api, body);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (refused.Status, refused.Code));
        }
        Assert.Equal(0, await App.MailCountAsync("account_security"));
        Assert.Equal(10, (await TwoFactor(api, new { resetRecoveryCodes = true, password = Make.Password }))["recoveryCodesLeft"].GetInt32());
        await App.Execute("delete from outbox");
        var off = await TwoFactor(api, new { enable = false, password = Make.Password });
        Assert.Equal((false, 0), (off["isTwoFactorEnabled"].GetBoolean(), off["recoveryCodesLeft"].GetInt32()));
        Assert.Contains("关闭", (await App.MailAsync("account_security")).Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_while_it_is_off_turns_nothing_off()
    {
        var api = await App.ApiAs(await Make.Worker());
        var key = (await TwoFactor(api, new { }))["sharedKey"].GetString();
        Assert.Equal("password_wrong", (await TwoFactor(api, new { resetSharedKey = true, password = "Wrong-Horse-42" })).Code);
        Assert.NotEqual(key, (await TwoFactor(api, new { resetSharedKey = true, password = Make.Password }))["sharedKey"].GetString());
        Assert.Equal(0, await App.MailCountAsync("account_security"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from audit_entries where action = 'account.two_factor_off'"));
    }

    [Fact]
    public async Task Removing_a_passkey_asks_for_the_password_tells_the_owner_and_ends_other_sessions()
    {
        var staff = await Make.Staff();
        await Make.Passkey(staff);
        var (here, elsewhere) = (await App.SignedInAs(staff), await App.SignedInAs(staff));
        var asked = await (await here.Get("/account/passkeys")).Follow("移除");
        var refused = await asked.Submit(("当前密码", "Wrong-Horse-42"));
        Assert.Contains("密码不正确", refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from user_passkeys"));

        Assert.Equal("/account/passkeys", (await refused.Submit(("当前密码", Make.Password))).Path);

        Assert.Equal(0, await App.Scalar<long>("select count(*) from user_passkeys"));
        Assert.Equal("passkey_removed", await App.Scalar<string>("select payload->>'what' from outbox where kind = 'account_security'"));
        Assert.Equal(staff.Id, await App.Scalar<Guid>("select actor_id from audit_entries where action = 'account.passkey_removed'"));
        Assert.StartsWith("/account/login", (await elsewhere.Get("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_counts_as_proof()
    {
        var user = await Make.User(roles: Roles.Worker);
        var page = await (await App.SignedInAs(user, twoFactor: false)).Get("/account/two-factor");
        var done = await page.Press("开启", ("验证码", TotpCodes.Now(page.One("main span.code").TextContent.Trim())));
        var code = done.All("main ul.code li")[0].TextContent.Trim();
        var form = await (await App.Visitor().Get("/account/two-factor/off")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        var off = await (await form.Follow("手机不在身边？使用恢复码")).Submit(("恢复码", code));
        Assert.Equal("/account/two-factor/off", off.Path);
        await off.Submit(("当前密码", Make.Password));
        Assert.False(await App.Scalar<bool>("select two_factor_enabled from users where id = $1", user.Id));
    }

    [Fact]
    public async Task A_reset_that_met_another_change_is_refused_whole_and_the_page_can_go_on()
    {
        var user = await Make.User();
        await Make.Passkey(user);
        var (outcome, seen) = await App.With(async (IServiceProvider scope) =>
        {
            scope.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext();
            scope.GetRequiredService<IHttpContextAccessor>().HttpContext!.User = new(new System.Security.Claims.ClaimsIdentity(
                [new(System.Security.Claims.ClaimTypes.NameIdentifier, $"{Guid.CreateVersion7()}")], "test"));
            await scope.GetRequiredService<AppUsers>().FindByIdAsync($"{user.Id}");
            await App.Execute("update users set concurrency_stamp = 'meanwhile' where id = $1", user.Id);
            var refused = await scope.GetRequiredService<SecondFactors>().ResetAsync(user.Id, default);
            return (refused, await scope.GetRequiredService<UserAdmin>().ViewAsync(user.Id, default));
        });
        Assert.Equal("stale", outcome.Refusal?.Code);
        Assert.NotNull(seen);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from user_passkeys"));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from audit_entries where action = 'account.reset_two_factor'"));
    }

    [Fact]
    public async Task A_reset_by_an_administrator_is_told_to_the_owner()
    {
        var user = await Make.User();
        await Make.Passkey(user);
        await (await (await App.SignedInAs(await Make.Admin())).Get($"/admin/users/{user.Id}")).Press($"重置 {user.DisplayName} 的两步验证");
        Assert.Equal(0, await App.Scalar<long>("select count(*) from user_passkeys"));
        Assert.Contains("管理员", (await App.MailAsync("account_security")).Paragraphs[0], StringComparison.Ordinal);
    }

    static Task<ApiReply> TwoFactor(ApiClient api, object body) => api.Post("/api/v1/auth/manage/2fa", body);

    /// <summary>What the page offers no form for.</summary>
    static async Task<HttpStatusCode> PostAsync(WebPage page, Visitor visitor, string path, params (string, string)[] fields) =>
        (await visitor.Post(path, [.. fields, ("__RequestVerificationToken", page.All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!)])).Status;
}

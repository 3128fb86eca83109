using System.Net;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VenueBooking.Accounts;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

public sealed class TwoFactorTests(AppLease lease) : AppTest(lease)
{
    [Theory]
    [InlineData(Roles.Staff)]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Desk)]
    [InlineData(Roles.UnionOfficer)]
    public async Task Staff_with_a_password_alone_are_led_to_set_up_first_and_then_on(string role)
    {
        var user = await Make.User(roles: role);
        var visitor = App.Visitor();
        var page = await (await visitor.Get("/account/profile")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        Assert.StartsWith("/account/two-factor?returnUrl=", page.Path, StringComparison.Ordinal);
        Assert.Contains("工作人员须先开启两步验证", page.Text, StringComparison.Ordinal);

        var codes = await page.Press("开启", ("验证码", TotpCodes.Now(KeyOn(page))));
        Assert.Equal(10, codes.All("main ul.code li").Count);
        Assert.Equal("/account/profile", (await codes.Follow("我已保存")).Path);
    }

    [Fact]
    public async Task The_demos_staff_alone_are_let_off_and_every_page_says_so()
    {
        var user = await Make.User(demo: true, roles: Roles.Staff);
        var page = await (await App.Visitor().Get("/account/profile")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        Assert.Equal("/account/profile", page.Path);
        Assert.Contains("演示账户免两步验证", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_is_asked_for_at_every_sign_in_and_stays_proved_when_the_cookie_is_renewed()
    {
        var (user, key, _) = await SetUp(Roles.Staff);
        var visitor = App.Visitor();
        var page = await (await visitor.Get("/account/profile")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        Assert.Equal("两步验证", page.Title);
        var wrong = await page.Submit(("验证码", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);

        Assert.Equal("/account/profile", (await wrong.Submit(("验证码", TotpCodes.Now(key, ahead: 1)))).Path);
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("/account/profile", (await visitor.Get("/account/profile")).Path);
    }

    [Fact]
    public async Task Codes_are_taken_as_a_Chinese_keyboard_makes_them()
    {
        var (user, key, codes) = await SetUp(Roles.Worker);
        var page = await (await App.Visitor().Get("/account/profile")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));

        Assert.Equal("/account/profile", (await page.Submit(("验证码", FullWidth(TotpCodes.Now(key, ahead: 1))))).Path);
        Assert.Equal("/account/profile", (await WithRecoveryCode(user, FullWidth(codes[0]))).Path);

        static string FullWidth(string code) => string.Concat(code.Select(c => (char)(c + 0xFEE0)));
    }

    [Fact]
    public async Task A_code_signs_in_once_on_the_page_and_by_the_api()
    {
        var (user, key, _) = await SetUp(Roles.Worker);
        var (used, code) = (TotpCodes.Now(key), TotpCodes.Now(key, ahead: 1));
        var forms = new List<WebPage>();
        for (var i = 0; i < 4; i++)
            forms.Add(await (await App.Visitor().Get("/account/profile")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await forms[0].Submit(("验证码", used))).Status);

        var answers = await Task.WhenAll(forms.Skip(1).Select(form => form.Submit(("验证码", code))));

        Assert.Single(answers, page => page.Path == "/account/profile");
        var api = await App.ApiAs(null);
        Assert.Equal("code_wrong", (await api.Post("/api/v1/auth/login", new { email = user.Email, password = Make.Password, twoFactorCode = code })).Code);
        Assert.Equal(HttpStatusCode.OK,
            (await api.Post("/api/v1/auth/login", new { email = user.Email, password = Make.Password, twoFactorCode = TotpCodes.Now(key, ahead: 2) })).Status);
    }

    [Fact]
    public async Task Who_is_locked_by_an_administrator_hears_it_at_the_second_step_and_who_mistyped_hears_of_ten_minutes()
    {
        var (user, key, codes) = await SetUp(Roles.Worker);
        var forms = new List<WebPage>();
        for (var i = 0; i < 2; i++)
            forms.Add(await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password)));
        await App.Execute("update users set lockout_end = $2 where id = $1", user.Id, App.Now.AddMinutes(10));
        Assert.Contains("10 分钟内不能登录", (await forms[0].Submit(("验证码", TotpCodes.Now(key, ahead: 1)))).Text, StringComparison.Ordinal);

        await App.Execute("update users set lockout_end = 'infinity' where id = $1", user.Id);
        var byCode = await forms[0].Submit(("验证码", TotpCodes.Now(key, ahead: 1)));
        var byRecovery = await (await forms[1].Follow("手机不在身边？使用恢复码")).Submit(("恢复码", codes[0]));

        foreach (var page in new[] { byCode, byRecovery })
        {
            Assert.Equal("账户已被锁定", page.Title);
            Assert.DoesNotContain("10 分钟", page.Text, StringComparison.Ordinal);
        }
        // Without the password the page says nothing of anybody.
        Assert.Equal("账户已暂时锁定", (await App.Visitor().Get("/account/lockout")).Title);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once()
    {
        var (user, _, codes) = await SetUp(Roles.Worker);
        Assert.Equal("/account/profile", (await WithRecoveryCode(user, codes[0])).Path);
        var again = await WithRecoveryCode(user, codes[0]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("已使用过", again.Text, StringComparison.Ordinal);
        Assert.Equal("/account/profile", (await WithRecoveryCode(user, codes[1].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Path);
        Assert.Equal(2, await App.Scalar<long>("select count(*) from outbox where payload->>'what' = 'recovery_code_used'"));
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once_and_turning_off_asks_for_the_password()
    {
        var (user, _, codes) = await SetUp(Roles.Worker);
        var visitor = await App.SignedInAs(await Reload(user));
        var page = await visitor.Get("/account/two-factor");
        Assert.DoesNotContain(codes[0], page.Body, StringComparison.Ordinal);

        var refused = await (await page.Follow("关闭两步验证")).Submit(("当前密码", "Wrong-Horse-42"));
        Assert.Contains("密码不正确", refused.Text, StringComparison.Ordinal);
        Assert.True(await App.Scalar<bool>("select two_factor_enabled from users where id = $1", user.Id));

        await refused.Press("关闭两步验证", ("当前密码", Make.Password));
        Assert.False(await App.Scalar<bool>("select two_factor_enabled from users where id = $1", user.Id));
    }

    [Fact]
    public async Task The_api_asks_for_the_code_and_the_proof_outlives_a_refreshed_token()
    {
        var (user, key, _) = await SetUp(Roles.Staff);
        var api = await App.ApiAs(null);
        var asked = await api.Post("/api/v1/auth/login", new { email = user.Email, password = Make.Password });
        Assert.Equal(HttpStatusCode.Unauthorized, asked.Status);
        Assert.Equal("code_needed", asked.Code);

        var login = await api.Post("/api/v1/auth/login", new { email = user.Email, password = Make.Password, twoFactorCode = TotpCodes.Now(key, ahead: 1) });
        Assert.Contains("mfa", MethodsIn(login["accessToken"].GetString()!));
        var refreshed = await api.Post("/api/v1/auth/refresh", new { refreshToken = login["refreshToken"].GetString() });
        Assert.Contains("mfa", MethodsIn(refreshed["accessToken"].GetString()!));
    }

    [Fact]
    public async Task Wrong_recovery_codes_lock_the_account_by_the_api_too_and_a_right_one_signs_in()
    {
        var (user, _, codes) = await SetUp(Roles.Worker);
        var api = await App.ApiAs(null);
        Assert.Equal(HttpStatusCode.OK, (await WithCode(codes[0].ToLowerInvariant())).Status);
        for (var i = 0; i < 5; i++)
            Assert.Equal("recovery_code_wrong", (await WithCode("AAAAA-AAAAA")).Code);
        Assert.Equal("sign_in_wrong", (await WithCode(codes[1])).Code);

        Task<ApiReply> WithCode(string code) => api.Post("/api/v1/auth/login", new { email = user.Email, password = Make.Password, twoFactorRecoveryCode = code });
    }

    IEnumerable<string> MethodsIn(string token) =>
        App.Services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(IdentityConstants.BearerScheme)
            .BearerTokenProtector.Unprotect(token)!.Principal.FindAll("amr").Select(c => c.Value);

    async Task<(AppUser User, string Key, IReadOnlyList<string> Codes)> SetUp(string role)
    {
        var user = await Make.User(roles: role);
        var visitor = await App.SignedInAs(user, twoFactor: false);
        var page = await visitor.Get("/account/two-factor");
        var done = await page.Press("开启", ("验证码", TotpCodes.Now(KeyOn(page))));
        return (user, KeyOn(page), [.. done.All("main ul.code li").Select(li => li.TextContent.Trim())]);
    }

    async Task<WebPage> WithRecoveryCode(AppUser user, string code)
    {
        var page = await (await App.Visitor().Get("/account/profile")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        return await (await page.Follow("手机不在身边？使用恢复码")).Submit(("恢复码", code));
    }

    Task<AppUser> Reload(AppUser user) => App.Query(async db => (await db.FindAsync<AppUser>(user.Id))!);

    static string KeyOn(WebPage page) => page.One("main span.code").TextContent.Trim();
}

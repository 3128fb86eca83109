using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

public sealed class SignInTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task A_member_signs_in_by_password_and_is_led_back_to_where_they_wanted_to_go()
    {
        var user = await Make.Worker();
        var asked = await App.Visitor().Get("/account");
        Assert.Equal("/account/login?returnUrl=%2Faccount", asked.Path);

        var page = await asked.Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));

        Assert.Equal("/account", page.Path);
        Assert.Contains(user.DisplayName, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_device_takes_on_language_and_letters_of_the_account()
    {
        var user = await Make.Worker(language: "en");
        await App.Execute("update users set elder_mode = true, preferences_chosen = true where id = $1", user.Id);
        var page = await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        Assert.Equal("en", page.One("html").GetAttribute("lang"));
        Assert.Contains("elder", page.One("html").ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_chose_a_language_sees_that_of_the_device()
    {
        var user = await Make.Worker();
        var page = await (await App.Visitor("en").Get("/account")).Press("Sign in", ("E-mail", user.Email!), ("Password", Make.Password));
        Assert.Equal("en", page.One("html").GetAttribute("lang"));
        Assert.Equal("zh-CN", await App.Scalar<string>("select language from users where id = $1", user.Id));
    }

    [Fact]
    public async Task A_choice_made_on_the_way_to_the_sign_in_counts_and_the_account_learns_it()
    {
        var user = await Make.Worker();
        var visitor = App.Visitor();
        var english = await (await visitor.Get("/account/login")).Press("English");
        Assert.Equal("en", english.One("html").GetAttribute("lang"));
        var page = await english.Press("Sign in", ("E-mail", user.Email!), ("Password", Make.Password));
        Assert.Equal("en", page.One("html").GetAttribute("lang"));
        Assert.Equal("en", await App.Scalar<string>("select language from users where id = $1", user.Id));

        await page.Press("中文");
        Assert.Equal("zh-CN", await App.Scalar<string>("select language from users where id = $1", user.Id));
    }

    [Fact]
    public async Task On_https_the_tokens_of_forms_and_sessions_lie_in_cookies_of_this_host_alone()
    {
        var user = await Make.Worker();
        var visitor = App.Visitor();
        await (await visitor.Get("/account/login")).Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        Assert.NotNull(visitor.Cookies["__Host-csrf"]);
        Assert.NotNull(visitor.Cookies["__Host-session"]);
        Assert.Null(visitor.Cookies["csrf"]);

        await using var live = await App.StartLiveAsync();
        using var browser = new HttpClient { BaseAddress = live.Address };
        var set = (await browser.GetAsync("/account/login")).Headers.GetValues("Set-Cookie");
        Assert.Contains(set, cookie => cookie.StartsWith("csrf=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Nobody_is_led_to_another_site_after_signing_in(string returnUrl)
    {
        var user = await Make.Worker();
        var form = await App.Visitor().Get($"/account/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var page = await form.Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));
        Assert.Equal("localhost", page.Address.Host);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var user = await Make.Worker();
        var wrong = await (await App.Visitor().Get("/account/login")).Press("登录", ("邮箱", user.Email!), ("密码", "Wrong-Horse-42"));
        var unknown = await (await App.Visitor().Get("/account/login")).Press("登录", ("邮箱", "nobody@test.example"), ("密码", "Wrong-Horse-42"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("邮箱或密码不正确", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(wrong.Text, unknown.Text);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_ten_minutes_without_saying_so()
    {
        var user = await Make.Worker();
        for (var i = 0; i < 5; i++)
            await SignIn(user, "Wrong-Horse-42");

        var locked = await SignIn(user, Make.Password);
        Assert.Contains("邮箱或密码不正确", locked.Text, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromMinutes(10.1));
        Assert.Equal("/account", (await SignIn(user, Make.Password)).Path);
    }

    [Fact]
    public async Task Who_knows_the_password_hears_of_an_administrators_lock_and_whom_to_ask_and_others_what_an_unknown_address_hears()
    {
        var (user, api) = (await Make.Worker(), await App.ApiAs(null));
        await App.Execute("update users set lockout_end = 'infinity' where id = $1", user.Id);

        var told = await SignIn(user, Make.Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.Status);
        Assert.Contains("管理员锁定了这个账户", told.Text, StringComparison.Ordinal);
        Assert.Contains("请联系区总工会工作人员", told.Text, StringComparison.Ordinal);
        var reply = await Login(Make.Password);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "locked_by_admin"), (reply.Status, reply.Code));

        var unknown = await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", "nobody@test.example"), ("密码", "Wrong-Horse-42"));
        Assert.Equal(unknown.Text, (await SignIn(user, "Wrong-Horse-42")).Text);
        Assert.Equal("sign_in_wrong", (await Login("Wrong-Horse-42")).Code);

        // It is no place to guess the password at: after five wrong ones the right one is not told from them.
        for (var i = 0; i < 3; i++)
            await Login("Wrong-Horse-42");
        Assert.Equal("sign_in_wrong", (await Login(Make.Password)).Code);
        Assert.Equal(unknown.Text, (await SignIn(user, Make.Password)).Text);

        // That lapses as a lockout does: whoever guesses cannot keep the owner from hearing it.
        Clock.Set(Clock.Now.AddMinutes(9.9));
        Assert.Equal("sign_in_wrong", (await Login(Make.Password)).Code);
        Clock.Set(Clock.Now.AddMinutes(0.2));
        Assert.Equal("locked_by_admin", (await Login(Make.Password)).Code);
        // And is counted from the beginning.
        for (var i = 0; i < 4; i++)
            Assert.Equal("sign_in_wrong", (await Login("Wrong-Horse-42")).Code);
        Assert.Equal("locked_by_admin", (await Login(Make.Password)).Code);
        await Login("Wrong-Horse-42");
        Assert.Equal("sign_in_wrong", (await Login(Make.Password)).Code);

        Task<ApiReply> Login(string password) => api.Post("/api/v1/auth/login", new { email = user.Email, password });
    }

    [Fact]
    public async Task Under_an_administrators_lock_guesses_sent_all_at_once_hear_no_more_than_one_after_the_other()
    {
        var (user, api) = (await Make.Worker(), await App.ApiAs(null));
        await App.Execute("update users set lockout_end = 'infinity' where id = $1", user.Id);
        for (var i = 0; i < 4; i++)
            await Login("Wrong-Horse-42");

        // The account is held until the fifth wrong one and, behind it, the right ones have got as far as they get.
        await using var holder = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("select from users where id = $1 for update", holder) { Parameters = { new() { Value = user.Id } } };
        await hold.ExecuteNonQueryAsync();
        List<Task<ApiReply>> guesses = [Login("Wrong-Horse-42")];
        await AllWaitOrAreAnswered();
        guesses.AddRange(Enumerable.Range(0, 6).Select(_ => Login(Make.Password)));
        await AllWaitOrAreAnswered();
        await transaction.CommitAsync();

        Assert.All(await Task.WhenAll(guesses), reply => Assert.Equal("sign_in_wrong", reply.Code));
        Assert.Equal(5, await App.Scalar<int>("select access_failed_count from users where id = $1", user.Id));

        Task<ApiReply> Login(string password) => api.Post("/api/v1/auth/login", new { email = user.Email, password });

        async Task AllWaitOrAreAnswered()
        {
            while (guesses.Count(g => g.IsCompleted) + await App.Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") < guesses.Count)
                await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Wrong_passwords_sent_all_at_once_are_all_counted()
    {
        var user = await Make.Worker();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SignIn(user, "Wrong-Horse-42")));
        Assert.Equal("/account/login?returnUrl=%2Faccount", (await SignIn(user, Make.Password)).Path);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_a_visit_alone_does_not()
    {
        var visitor = await App.SignedInAs(await Make.Worker());
        var page = await visitor.Get("/account/logout");
        Assert.Equal("/account", (await visitor.Get("/account")).Path);
        await page.Press("退出登录");
        Assert.StartsWith("/account/login", (await visitor.Get("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_signing_in_or_out_sent_twice_leads_on_as_the_first_time()
    {
        var user = await Make.Worker();
        var visitor = App.Visitor();
        var form = await visitor.Get("/account/login?returnUrl=%2Faccount%2Fprofile");
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal("/account/profile", (await form.Press("登录", ("邮箱", user.Email!), ("密码", Make.Password))).Path);
        // Another's name in it changes nothing, and says so.
        Assert.Equal(HttpStatusCode.BadRequest, (await form.Press("登录", ("邮箱", (await Make.Worker()).Email!), ("密码", Make.Password))).Status);
        Assert.Contains(user.DisplayName, (await visitor.Get("/account")).Text, StringComparison.Ordinal);

        var page = await visitor.Get("/account/logout");
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal("/", (await page.Press("退出登录")).Path);
    }

    [Fact]
    public async Task A_stale_form_leads_nobody_on_who_has_not_signed_in()
    {
        var refused = await App.Visitor().Post("/account/login?returnUrl=%2Faccount", ("Email", "a@test.example"), ("Password", Make.Password));
        Assert.Equal((HttpStatusCode.BadRequest, "/account/login?returnUrl=%2Faccount"), (refused.Status, refused.Path));
        Assert.Contains("打开以后您登录或退出过", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_cookie_is_bound_to_host_and_https()
    {
        var user = await Make.Worker();
        var form = await App.Visitor().Get("/account/login");
        var http = App.CreateClient(new() { BaseAddress = new("https://localhost"), AllowAutoRedirect = false, HandleCookies = true });
        var body = await (await http.GetAsync("/account/login")).Content.ReadAsStringAsync();
        var token = body.Split("__RequestVerificationToken\" type=\"hidden\" value=\"")[1].Split('"')[0];
        var answer = await http.PostAsync("/account/login", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = user.Email!,
            ["Password"] = Make.Password,
            ["__RequestVerificationToken"] = token,
        }));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-session=", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(form);
    }

    async Task<WebPage> SignIn(AppUser user, string password) =>
        await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", user.Email!), ("密码", password));
}

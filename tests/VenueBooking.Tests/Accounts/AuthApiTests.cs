using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Accounts;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

public sealed class AuthApiTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task An_account_made_by_the_api_is_whole_and_signs_in_once_confirmed()
    {
        var api = await App.ApiAs(null, "en");
        Assert.Equal(HttpStatusCode.OK, (await api.Post("/api/v1/auth/register", new { email = "li@test.example", password = Make.Password })).Status);
        var user = await App.Query(db => db.Set<AppUser>().SingleAsync());
        Assert.Equal(("li", "en", App.Now), (user.DisplayName, user.Language, user.CreatedAt));
        Assert.Equal("email_not_confirmed", (await Login(api, "li@test.example", Make.Password)).Code);
        Assert.Equal("sign_in_wrong", (await Login(api, "li@test.example", "Another-Word-2026")).Code);

        Assert.Equal("/", (await App.ConfirmByMailAsync()).Path);

        var login = await Login(api, "li@test.example", Make.Password);
        Assert.Equal("Bearer", login["tokenType"].GetString());
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", login["accessToken"].GetString());
        Assert.Equal("li@test.example", (await api.Get("/api/v1/auth/manage/info"))["email"].GetString());
    }

    [Fact]
    public async Task Registering_a_taken_address_answers_as_for_a_new_one_whatever_is_wrong_besides()
    {
        await Make.User(email: "taken@test.example");
        var union = await Make.GrassrootsUnion();
        var api = await App.ApiAs(null, "en");
        foreach (var (card, at) in new[] { ("C-1001", (Guid?)union.Id), ("!", union.Id), ("C-1001", null), ("C-1001", Guid.CreateVersion7()) })
        {
            var replies = new List<ApiReply>();
            foreach (var email in new[] { "taken@test.example", $"new{Guid.CreateVersion7():N}@test.example" })
                replies.Add(await api.Post("/api/v1/auth/register", new { email, password = Make.Password, name = "Li", unionId = at, cardNumber = card }));
            Assert.Equal((replies[1].Status, replies[1].Code), (replies[0].Status, replies[0].Code));
        }
        Assert.Equal(1, await App.MailCountAsync("account_exists"));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from memberships where union_id = $1 and card_number = 'C-1001' and state = 'unverified'", union.Id));
        Assert.Equal(2, await App.Scalar<long>("select count(*) from users"));
    }

    [Fact]
    public async Task Changing_to_a_taken_address_answers_as_for_a_free_one_and_fails_when_confirmed()
    {
        var user = await Make.Worker(email: "old@test.example");
        await Make.User(email: "taken@test.example");
        var api = await App.ApiAs(user, "en");
        var (free, taken) = (await api.Post("/api/v1/auth/manage/info", new { newEmail = "free@test.example", oldPassword = Make.Password }),
            await api.Post("/api/v1/auth/manage/info", new { newEmail = "taken@test.example", oldPassword = Make.Password }));
        Assert.Equal((HttpStatusCode.OK, free.Text), (taken.Status, taken.Text));
        Assert.Equal(free.Status, taken.Status);

        await App.Execute("delete from outbox where address = 'free@test.example'");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await App.Visitor().Get(await App.MailedLinkAsync("account_email_change"))).Press("确认这个邮箱")).Status);
        Assert.Equal("old@test.example", await App.Scalar<string>("select email from users where id = $1", user.Id));
    }

    [Fact]
    public async Task A_new_address_confirmed_by_the_api_counts_whole_and_the_old_one_is_told()
    {
        var user = await Make.Worker(email: "old@test.example");
        var api = await App.ApiAs(user, "en");
        await api.Post("/api/v1/auth/manage/info", new { newEmail = "new@test.example", oldPassword = Make.Password });
        var link = System.Web.HttpUtility.ParseQueryString((await App.MailedLinkAsync("account_email_change")).Split('?')[1]);
        var path = $"/api/v1/auth/confirmEmail?userId={user.Id}&changedEmail=new@test.example&code=";

        var wrong = await api.Get(path + "AAAA");
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_token"), (wrong.Status, wrong.Code));
        Assert.Equal(0, await App.MailCountAsync("account_email_changed"));
        Assert.Equal(HttpStatusCode.OK, (await api.Get(path + link["code"])).Status);

        Assert.Equal("new@test.example new@test.example", await App.Scalar<string>("select email || ' ' || user_name from users where id = $1", user.Id));
        Assert.Equal("old@test.example", await App.Scalar<string>("select address from outbox where kind = 'account_email_changed'"));
    }

    [Fact]
    public async Task Nobody_learns_by_an_invented_code_which_address_an_account_has()
    {
        var user = await Make.Worker(email: "li@test.example");
        var api = await App.ApiAs(null, "en");
        foreach (var address in new[] { "li@test.example", "wang@test.example" })
        {
            Assert.Equal("invalid_token", (await api.Get($"/api/v1/auth/confirmEmail?userId={user.Id}&changedEmail={address}&code=AAAA")).Code);
            var page = await App.Visitor().Get($"/account/email/confirm?userId={user.Id}&address={address}&code=AAAA");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "链接已失效"), (page.Status, page.Title));
        }
    }

    [Fact]
    public async Task An_account_is_confirmed_by_the_api_too()
    {
        var api = await App.ApiAs(null);
        await api.Post("/api/v1/auth/register", new { email = "li@test.example", password = Make.Password });
        var link = (await App.MailedLinkAsync("account_confirm")).Split('?')[1];
        Assert.Equal("invalid_token", (await api.Get($"/api/v1/auth/confirmEmail?userId={Guid.CreateVersion7()}&code=AAAA")).Code);
        Assert.Equal(HttpStatusCode.OK, (await api.Get($"/api/v1/auth/confirmEmail?{link}")).Status);
        Assert.True(await App.Scalar<bool>("select email_confirmed from users"));
    }

    [Fact]
    public async Task A_program_may_give_card_and_name_of_a_roster_and_is_verified_into_its_union()
    {
        var union = await Make.GrassrootsUnion();
        await Make.RosterEntry(union, "张三", "AB-0001");
        var api = await App.ApiAs(null);
        await api.Post("/api/v1/auth/register", new { email = "zhang@test.example", password = Make.Password, name = "张三", cardNumber = "ab-0001" });
        Assert.Equal(0, await App.Scalar<long>("select count(*) from memberships where state = 'verified'"));
        await App.ConfirmByMailAsync();
        Assert.Equal(1, await App.Scalar<long>("select count(*) from memberships where union_id = $1 and state = 'verified'", union.Id));
    }

    [Fact]
    public async Task Each_fault_is_said_once()
    {
        var api = await App.ApiAs(null, "en");
        var email = await api.Post("/api/v1/auth/register", new { email = "no address", password = Make.Password });
        Assert.Equal("invalid_email", email.Code);
        Assert.Equal(1, Assert.Single(email["errors"].EnumerateObject()).Value.GetArrayLength());
        var needed = await api.Post("/api/v1/auth/register", new { email = "li@test.example", password = Make.Password, cardNumber = "C-1001" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "union_needed", "unionId"), (needed.Status, needed.Code, needed["field"].GetString()));
    }

    [Fact]
    public async Task Wrong_and_unknown_are_one_problem_in_the_callers_language()
    {
        var user = await Make.Worker();
        var api = await App.ApiAs(null, "en");
        var (wrong, unknown) = (await Login(api, user.Email!, "Wrong-Horse-42"), await Login(api, "nobody@test.example", "Wrong-Horse-42"));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal("sign_in_wrong", wrong.Code);
        Assert.Equal((wrong.Status, wrong.Code, wrong["detail"].GetString()), (unknown.Status, unknown.Code, unknown["detail"].GetString()));
        Assert.StartsWith("E-mail or password is not right", wrong["detail"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_costs_the_same_work_as_a_known_one()
    {
        var hasher = new CountingHasher();
        await using var app = await App.StartAsync(services => services.AddSingleton<IPasswordHasher<AppUser>>(hasher));
        var user = await app.Make.Worker();
        var api = await app.ApiAs(null);
        await Login(api, "first@test.example", "Wrong-Horse-42");
        foreach (var email in new[] { user.Email!, "nobody@test.example" })
        {
            hasher.Verified = 0;
            await Login(api, email, "Wrong-Horse-42");
            Assert.Equal(1, hasher.Verified);
        }
    }

    sealed class CountingHasher : PasswordHasher<AppUser>
    {
        public int Verified { get; set; }

        public override PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    [Fact]
    public async Task Refusals_of_two_step_sign_in_are_in_the_callers_words()
    {
        var api = await App.ApiAs(await Make.Worker());
        var key = (await api.Post("/api/v1/auth/manage/2fa", new { }))["sharedKey"].GetString();
        Assert.NotNull(key);
        foreach (var (body, code) in new (object, string)[] { (new { enable = true }, "requires_two_factor"), (new { enable = true, twoFactorCode = "000000" }, "invalid_two_factor_code") })
        {
            var refused = await api.Post("/api/v1/auth/manage/2fa", body);
            Assert.Equal((HttpStatusCode.BadRequest, code, $"urn:venuebooking:{code}"), (refused.Status, refused.Code, refused["type"].GetString()));
            Assert.Contains("验证码", refused["detail"].GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{bad")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"email\":7,\"password\":[]}")]
    public async Task What_is_no_sign_in_is_a_bad_request(string body)
    {
        var api = await App.ApiAs(null);
        var reply = await api.Send(new(HttpMethod.Post, "/api/v1/auth/login") { Content = new StringContent(body, null, "application/json") });
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("bad_request", reply.Code);
    }

    [Fact]
    public async Task A_weak_password_is_a_problem_with_a_code()
    {
        var api = await App.ApiAs(null, "en");
        var reply = await api.Post("/api/v1/auth/register", new { email = "li@test.example", password = "short" });
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("password_too_short", reply.Code);
    }

    [Fact]
    public async Task A_session_cookie_does_not_count_under_the_api()
    {
        var visitor = await App.SignedInAs(await Make.Worker());
        var page = await visitor.Get("/api/v1/auth/manage/info");
        Assert.Equal(HttpStatusCode.Unauthorized, page.Status);
        Assert.Equal("application/problem+json", page.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_token_runs_out_although_it_was_just_used()
    {
        var api = await App.ApiAs(null, "en");
        var login = await Login(api, (await Make.Worker()).Email!, Make.Password);
        api.Http.DefaultRequestHeaders.Authorization = new("Bearer", login["accessToken"].GetString());
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/bookings")).Status);
        App.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Get("/api/v1/bookings")).Status);
    }

    [Fact]
    public async Task A_refresh_token_dies_with_a_password_change()
    {
        var user = await Make.Worker();
        var api = await App.ApiAs(null);
        var login = await Login(api, user.Email!, Make.Password);
        await (await (await App.SignedInAs(user)).Get("/account/password")).Submit(("当前密码", Make.Password), ("新密码", "Another-Horse-43"));
        var refreshed = await api.Post("/api/v1/auth/refresh", new { refreshToken = login["refreshToken"].GetString() });
        Assert.Equal(HttpStatusCode.Unauthorized, refreshed.Status);
    }

    [Fact]
    public async Task Beyond_the_limit_programs_get_a_problem_and_people_a_page_both_with_retry_after()
    {
        await using var strict = (await App.StartAsync()).WithWebHostBuilder(host => host.UseSetting("RateLimits:SignIn:Permits", "3"));
        var http = strict.CreateClient(new() { BaseAddress = new("https://localhost") });
        HttpResponseMessage answer = null!;
        for (var i = 0; i < 4; i++)
            answer = await http.PostAsync("/api/v1/auth/login", System.Net.Http.Json.JsonContent.Create(new { email = "nobody@test.example", password = "x" }));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("too_many_requests", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/account/login")).StatusCode);
        var page = await http.PostAsync("/account/login", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("等 1 分钟再试", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forgotPassword")]
    [InlineData("resendConfirmationEmail")]
    public async Task What_writes_mail_counts_as_mail(string path)
    {
        await using var strict = (await App.StartAsync()).WithWebHostBuilder(host => host.UseSetting("RateLimits:Mail:Permits", "2"));
        var http = strict.CreateClient(new() { BaseAddress = new("https://localhost") });
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
            answers.Add((await http.PostAsync($"/api/v1/auth/{path}", System.Net.Http.Json.JsonContent.Create(new { email = "nobody@test.example" }))).StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
    }

    static Task<ApiReply> Login(ApiClient api, string email, string password) => api.Post("/api/v1/auth/login", new { email, password });
}

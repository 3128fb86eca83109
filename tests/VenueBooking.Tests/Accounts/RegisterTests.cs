using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Tests.Support;
using VenueBooking.Unions;

namespace VenueBooking.Tests.Accounts;

public sealed class RegisterTests(AppLease lease) : AppTest(lease)
{
    const string Email = "wang@test.example";

    [Fact]
    public async Task A_worker_registers_confirms_by_mail_and_signs_in()
    {
        var visitor = App.Visitor();
        var sent = await Register(visitor);
        Assert.Equal("请查收邮件", sent.Title);
        Assert.Contains("邮箱还没有确认", (await SignIn(visitor)).Text, StringComparison.Ordinal);

        await App.ConfirmByMailAsync(visitor);

        Assert.Contains("王小明", (await visitor.Get("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_back_survives_registration_and_confirmation()
    {
        var visitor = App.Visitor();
        var form = await (await visitor.Get("/account/login?returnUrl=%2Faccount%2Fprofile")).Follow("现在注册");
        await form.Submit(("邮箱", Email), ("姓名", "王小明"), ("密码", Make.Password));
        Assert.Equal("/account/profile", (await App.ConfirmByMailAsync(visitor)).Path);
    }

    [Fact]
    public async Task Union_and_card_given_at_registration_ask_for_membership()
    {
        var union = await Make.GrassrootsUnion("朝阳小学工会");
        var form = await App.Visitor().Get("/account/register");
        var label = Assert.Single(form.All("datalist option"), o => o.GetAttribute("value")!.StartsWith("朝阳小学工会", StringComparison.Ordinal));
        await form.Submit(("邮箱", Email), ("姓名", "王小明"), ("密码", Make.Password),
            ("所在基层工会", label.GetAttribute("value")!), ("会员卡号", "C-1001"));

        var membership = await App.Query(db => db.Set<Membership>().SingleAsync());
        Assert.Equal(union.Id, membership.UnionId);
        Assert.Equal("王小明", membership.Name);
        Assert.Equal(MembershipState.Unverified, membership.State);
    }

    [Fact]
    public async Task A_card_alone_is_enough_where_a_roster_has_it_and_asks_for_the_union_where_none_has()
    {
        var union = await Make.GrassrootsUnion("朝阳小学工会");
        await Make.RosterEntry(union, "王小明", "C-1001");
        var form = await App.Visitor().Get("/account/register");
        var page = await form.Submit(("邮箱", Email), ("姓名", "王小明"), ("密码", Make.Password), ("会员卡号", "C-1002"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("请选择您所在的工会", page.Text, StringComparison.Ordinal);

        await page.Submit(("密码", Make.Password), ("会员卡号", "C-1001"));
        Assert.Equal("unverified", await App.Scalar<string>("select state from memberships"));
        await App.ConfirmByMailAsync();

        var membership = await App.Query(db => db.Set<Membership>().SingleAsync());
        Assert.Equal((union.Id, MembershipState.Verified), (membership.UnionId, membership.State));
    }

    [Fact]
    public async Task Nobody_can_flood_somebodys_mailbox_and_nobody_notices_where_it_stops()
    {
        await Make.User(email: Email);
        var visitor = App.Visitor();
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
            answers.Add((await (await visitor.Get("/account/forgot")).Submit(("邮箱", Email))).Text);
        Assert.Single(answers.Distinct());
        Assert.Equal(3, await App.MailCountAsync("account_reset"));
        Clock.Advance(TimeSpan.FromHours(1));
        await (await visitor.Get("/account/forgot")).Submit(("邮箱", Email));
        Assert.Equal(4, await App.MailCountAsync("account_reset"));
        for (var i = 0; i < 5; i++)
            await Register(App.Visitor());
        Assert.Equal(3, await App.MailCountAsync("account_exists"));
    }

    [Fact]
    public async Task An_unknown_union_is_refused_at_its_field_and_nothing_is_made()
    {
        var form = await App.Visitor().Get("/account/register");
        var page = await form.Submit(("邮箱", Email), ("姓名", "王小明"), ("密码", Make.Password), ("所在基层工会", "没有这个工会"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("请从列表中选择工会", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Query(db => db.Set<AppUser>().CountAsync()));
    }

    [Theory]
    [InlineData("not an address", "王小明", "Right-Horse-42", "这不像一个邮箱地址")]
    [InlineData(Email, "", "Right-Horse-42", "请填写姓名")]
    [InlineData(Email, "王小明", "short", "密码至少需要 10 个字符")]
    [InlineData(Email, "王小明", "aaaaaaaaaaaaaa", "密码至少需要 4 个不同的字符")]
    public async Task Bad_input_is_refused_in_words(string email, string name, string password, string words)
    {
        var page = await (await App.Visitor().Get("/account/register")).Submit(("邮箱", email), ("姓名", name), ("密码", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registering_a_taken_address_looks_the_same_and_tells_its_owner()
    {
        await Make.User(email: Email);
        var page = await Register(App.Visitor());
        Assert.Equal("请查收邮件", page.Title);
        Assert.Equal(1, await App.MailCountAsync("account_exists"));
        Assert.Equal(1, await App.Query(db => db.Set<AppUser>().CountAsync()));
    }

    [Fact]
    public async Task Registering_an_unconfirmed_address_again_takes_the_place_of_the_first_time()
    {
        var (first, second) = (await Make.GrassrootsUnion("朝阳小学工会"), await Make.GrassrootsUnion("育才小学工会"));
        await Make.RosterEntry(second, "王小明", "C-1002");
        var api = await App.ApiAs(null);
        await api.Post("/api/v1/auth/register", new { email = Email, password = "Mistyped-Horse-1", name = "王小名", unionId = first.Id, cardNumber = "C-1001" });
        var earlier = await App.MailedLinkAsync("account_confirm");
        Clock.Advance(TimeSpan.FromMinutes(5));

        var reply = await api.Post("/api/v1/auth/register", new { email = Email, password = Make.Password, name = "王小明", cardNumber = "C-1002" });
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("链接已失效", (await App.Visitor().Get(earlier)).Title);
        var visitor = App.Visitor();
        await App.ConfirmByMailAsync(visitor);

        Assert.Contains("王小明", (await visitor.Get("/account")).Text, StringComparison.Ordinal);
        var membership = await App.Query(db => db.Set<Membership>().SingleAsync());
        Assert.Equal((second.Id, "王小明", "C-1002", MembershipState.Verified), (membership.UnionId, membership.Name, membership.CardNumber, membership.State));
        Assert.Equal("sign_in_wrong", (await api.Post("/api/v1/auth/login", new { email = Email, password = "Mistyped-Horse-1" })).Code);
    }

    [Fact]
    public async Task One_address_registered_many_times_at_once_makes_one_account()
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Register(App.Visitor())));
        Assert.All(pages, page => Assert.Equal("请查收邮件", page.Title));
        Assert.Equal(1, await App.Query(db => db.Set<AppUser>().CountAsync()));
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_once_and_lifts_the_lockout()
    {
        var user = await Make.User(email: Email);
        await App.Execute("update users set lockout_end = $1", App.Now.AddMinutes(9));
        var visitor = App.Visitor();
        await (await visitor.Get("/account/forgot")).Submit(("邮箱", Email));
        var link = await App.MailedLinkAsync("account_reset");
        await (await visitor.Get(link)).Submit(("新密码", "Another-Horse-43"));

        var again = await (await visitor.Get(link)).Submit(("新密码", "Third-Horse-44"));
        Assert.Equal("链接已失效", again.Title);
        var page = await (await visitor.Get("/account")).Press("登录", ("邮箱", user.Email!), ("密码", "Another-Horse-43"));
        Assert.Equal("/account", page.Path);
        Assert.Equal(1, await App.MailCountAsync("account_password_changed"));
    }

    static async Task<WebPage> Register(Visitor visitor) =>
        await (await visitor.Get("/account/register")).Submit(("邮箱", Email), ("姓名", "王小明"), ("密码", Make.Password));

    static async Task<WebPage> SignIn(Visitor visitor) =>
        await (await visitor.Get("/account/login")).Press("登录", ("邮箱", Email), ("密码", Make.Password));
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Tests.Accounts;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Web;

/// <summary>Pages that were opened before one signed in or out in another tab of the same browser.</summary>
public sealed class StaleFormTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task The_switches_do_what_was_pressed_whoever_one_was_when_the_page_was_opened()
    {
        var (visitor, user) = (App.Visitor(), await Make.Worker());
        var asNobody = await visitor.Get("/find?date=2026-06-02");
        await BecomeAsync(visitor, user);

        var english = await asNobody.Press("English");
        Assert.Equal(("en", "/find?date=2026-06-02"), (Language(english), english.Path));
        Assert.Equal("en", await App.Scalar<string>("select language from users where id = $1", user.Id));

        await (await visitor.Get("/account/logout")).Press("Sign out");
        Assert.Equal("zh-CN", Language(await english.Press("中文")));
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.BadRequest), InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.BadRequest), InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.BadRequest), InlineData("Origin", "null", HttpStatusCode.BadRequest), InlineData("Origin", "http://localhost", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK), InlineData("Origin", "https://localhost", HttpStatusCode.OK)]
    public async Task Without_a_token_only_what_stood_on_this_site_counts(string? header, string? value, HttpStatusCode status)
    {
        var visitor = await App.SignedInAs(await Make.Worker());

        var page = await visitor.Send(() => Sent("/settings", header, value, ("language", "en")));
        var left = await visitor.Send(() => Sent("/account/logout", header, value));

        Assert.Equal((status, status), (page.Status, left.Status));
        Assert.Equal(status == HttpStatusCode.OK ? "en" : "zh-CN", Language(page));
        Assert.Equal(status == HttpStatusCode.OK, (await visitor.Get("/account")).Redirected);
    }

    [Fact]
    public async Task Signing_out_on_a_page_of_another_session_ends_the_one_that_is_there()
    {
        var visitor = await App.SignedInAs(await Make.Worker());
        var page = await visitor.Get("/find");
        await BecomeAsync(visitor, await Make.Worker());

        Assert.Equal("/", (await page.Press("退出登录")).Path);

        Assert.StartsWith("/account/login", (await visitor.Get("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_though_one_signed_in_elsewhere_meanwhile()
    {
        var (visitor, user) = (App.Visitor(), await Make.Worker());
        var forgot = await visitor.Get("/account/forgot");
        await BecomeAsync(visitor, user);
        Assert.StartsWith("/account/check-mail", (await forgot.Submit(("邮箱", user.Email!))).Path, StringComparison.Ordinal);

        var reset = await visitor.Get(await App.MailedLinkAsync("account_reset"));
        await (await visitor.Get("/account/logout")).Press("退出登录");
        Assert.Contains("新密码", (await reset.Submit(("新密码", "Another-Horse-43"))).Body, StringComparison.Ordinal);
        Assert.Equal("/account", (await (await App.Visitor().Get("/account")).Press("登录", ("邮箱", user.Email!), ("密码", "Another-Horse-43"))).Path);
    }

    [Fact]
    public async Task A_form_of_a_browser_that_says_nothing_of_where_it_stood_counts_by_its_token()
    {
        var visitor = App.Visitor();
        var page = await visitor.Get("/find");

        Assert.Equal((HttpStatusCode.BadRequest, "zh-CN"), (await visitor.Post("/settings", ("language", "en"))) is var bare ? (bare.Status, Language(bare)) : default);
        Assert.Equal("en", Language(await visitor.Send(() => WebForm.Find(page, "English").ToRequest(page.Address))));
    }

    [Fact]
    public async Task What_another_filled_in_is_neither_shown_nor_sent_in_ones_own_name()
    {
        var (slot, visitor) = (await Make.Slot(await Make.Space(maxParty: 4)), await App.SignedInAs(await Make.Worker()));
        var (book, profile) = (await visitor.Get($"/slots/{slot.Id}/book"), await visitor.Get("/account/profile"));
        await BecomeAsync(visitor, await Make.Worker());

        var asked = await book.Press("确认预约", ("3", true));
        var named = await profile.Press("保存", ("姓名", "前一个人"));

        Assert.Equal((HttpStatusCode.BadRequest, "这一页已经过期"), (asked.Status, asked.Title));
        Assert.Contains("打开以后您登录或退出过", asked.Text, StringComparison.Ordinal);
        Assert.Contains("没有提交", asked.Text, StringComparison.Ordinal);
        Assert.Empty(asked.All("main form"));
        Assert.Equal($"/slots/{slot.Id}/book", asked.Link("重新打开此页")!.GetAttribute("href"));
        Assert.Equal("这一页已经过期", named.Title);
        Assert.DoesNotContain("前一个人", named.Body, StringComparison.Ordinal);
        Assert.Equal(0, await App.Query(db => db.Set<Booking>().CountAsync()));
    }

    [Fact]
    public async Task A_form_whose_cookie_is_gone_leads_back_to_its_page_opened_anew()
    {
        var venue = await Make.Venue();
        var visitor = await App.SignedInAs(await Make.Staff());
        var form = await visitor.Get($"/staff/venues/{venue.Id}/photos");
        LoseToken(visitor);

        var asked = await form.Press("上传", ("添加照片", new Upload("a.png", [1, 2, 3], "image/png")));

        Assert.Equal("这一页已经过期", asked.Title);
        Assert.Empty(asked.All("main form"));
        Assert.Equal($"/staff/venues/{venue.Id}/photos", (await asked.Follow("重新打开此页")).Path);
    }

    [Fact]
    public async Task An_address_of_two_slashes_leads_to_no_other_site()
    {
        var visitor = await App.SignedInAs(await Make.Worker());

        foreach (var from in (string[])["https://localhost//evil.example/x", "https://localhost/\\evil.example/x", "https://localhost///evil.example/x"])
        {
            var refused = await visitor.Send(() =>
            {
                var request = Sent("/account/profile", "Sec-Fetch-Site", "same-origin");
                request.Headers.TryAddWithoutValidation("Referer", from);
                return request;
            });
            Assert.Equal("/evil.example/x", refused.Link("重新打开此页")!.GetAttribute("href"));
        }
        var lost = await visitor.Get("https://localhost//evil.example/x");
        Assert.Equal("/evil.example/x", (await lost.Press("English")).Path);
    }

    async Task BecomeAsync(Visitor visitor, AppUser user) => visitor.Cookies.Add(await Tickets.CookieAsync(App, user, twoFactor: true));

    /// <summary>The cookie that belongs to the token is gone, as when the browser was closed meanwhile.</summary>
    static void LoseToken(Visitor visitor) => visitor.Cookies.Remove("__Host-csrf");

    static string? Language(WebPage page) => page.One("html").GetAttribute("lang");

    static HttpRequestMessage Sent(string path, string? header, string? value, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        if (header is not null) request.Headers.Add(header, value);
        return request;
    }
}

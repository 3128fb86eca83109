using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Tests.Accounts;
using VenueBooking.Tests.Support;
using VenueBooking.Venues;

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
    public async Task A_booking_confirmed_on_another_members_page_asks_first_and_then_is_ones_own()
    {
        var (slot, now) = (await Make.Slot(await Make.Space(maxParty: 4)), await Make.Worker());
        var visitor = await App.SignedInAs(await Make.Worker());
        var book = await visitor.Get($"/slots/{slot.Id}/book");
        await BecomeAsync(visitor, now);

        var asked = await book.Press("确认预约", ("3", true));

        Assert.Equal((HttpStatusCode.BadRequest, "这一页已经过期"), (asked.Status, asked.Title));
        Assert.Contains("打开以后您登录或退出过", asked.Text, StringComparison.Ordinal);
        Assert.Contains($"您现在的身份是{now.Email}", asked.Text, StringComparison.Ordinal);
        Assert.Equal($"/slots/{slot.Id}/book", asked.Link("重新打开此页")!.GetAttribute("href"));
        Assert.Equal(0, await App.Query(db => db.Set<Booking>().CountAsync()));

        Assert.Contains("预约成功", (await asked.Press("继续提交")).Text);
        var booking = await App.Query(db => db.Set<Booking>().SingleAsync());
        Assert.Equal((now.Id, 3), (booking.MemberId, booking.PartySize));
    }

    [Fact]
    public async Task What_staff_typed_before_signing_in_anew_is_kept()
    {
        var visitor = await App.SignedInAs(await Make.Staff(), "en");
        var form = await visitor.Get("/staff/venues/new");
        await BecomeAsync(visitor, await Make.Admin());

        var asked = await form.Press("Save", ("Name", "<b>晨光馆</b> & \"co\""), ("Address", "甲路 1 号"));

        Assert.Equal((HttpStatusCode.BadRequest, "This page is out of date"), (asked.Status, asked.Title));
        Assert.Contains("signed in as", asked.Text, StringComparison.Ordinal);
        await asked.Press("Send it");
        Assert.Equal("<b>晨光馆</b> & \"co\"", await App.Query(db => db.Set<Venue>().Select(v => v.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_password_does_not_stand_in_the_page_that_asks()
    {
        var visitor = await App.SignedInAs(await Make.Worker());
        var form = await visitor.Get("/account/password");
        await BecomeAsync(visitor, await Make.Worker());

        var asked = await form.Submit(("当前密码", Make.Password), ("新密码", "Another-Horse-43"));

        Assert.Equal("这一页已经过期", asked.Title);
        Assert.DoesNotContain("Horse", asked.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await asked.Press("继续提交")).Status);
    }

    [Fact]
    public async Task A_form_with_files_can_only_be_filled_in_again()
    {
        var venue = await Make.Venue();
        var visitor = await App.SignedInAs(await Make.Staff());
        var form = await visitor.Get($"/staff/venues/{venue.Id}/photos");
        await BecomeAsync(visitor, await Make.Admin());

        var asked = await form.Press("上传", ("添加照片", new Upload("a.png", [1, 2, 3], "image/png")));

        Assert.Equal("这一页已经过期", asked.Title);
        Assert.Empty(asked.All("main form"));
        Assert.Equal($"/staff/venues/{venue.Id}/photos", (await asked.Follow("重新打开此页")).Path);
    }

    [Fact]
    public async Task Another_site_gets_nobody_asked()
    {
        var visitor = await App.SignedInAs(await Make.Worker());

        var refused = await visitor.Send(() => Sent("/account/profile", "Sec-Fetch-Site", "cross-site", ("DisplayName", "王小明")));

        Assert.Equal((HttpStatusCode.BadRequest, "这一页已经过期"), (refused.Status, refused.Title));
        Assert.Empty(refused.All("main form"));
    }

    async Task BecomeAsync(Visitor visitor, AppUser user) => visitor.Cookies.Add(await Tickets.CookieAsync(App, user, twoFactor: true));

    static string? Language(WebPage page) => page.One("html").GetAttribute("lang");

    static HttpRequestMessage Sent(string path, string? header, string? value, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        if (header is not null) request.Headers.Add(header, value);
        return request;
    }
}

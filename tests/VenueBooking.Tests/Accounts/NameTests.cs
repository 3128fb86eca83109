using System.Net;
using VenueBooking.Accounts;

namespace VenueBooking.Tests.Accounts;

public sealed class NameTests(AppLease lease) : AppTest(lease)
{
    const string Dirty = "\u202e王\r\n小\u200b明\t", Clean = "王小明";

    [Theory]
    [InlineData("  王小明\u3000", "王小明")]
    [InlineData(Dirty, Clean)]
    [InlineData("王　 小明", "王小明")]
    [InlineData(" Li \r\n Xiao\tming ", "Li Xiao ming")]
    [InlineData("\u2028\ufeff\u2066", "")]
    [InlineData("𠮷田 O’Neill-Çelik", "𠮷田 O’Neill-Çelik")]
    [InlineData(null, "")]
    public void A_name_is_one_line_of_what_can_be_seen(string? given, string kept) => Assert.Equal(kept, PersonNames.Clean(given));

    [Fact]
    public async Task However_it_comes_a_name_is_kept_clean()
    {
        await (await App.Visitor().Get("/account/register")).Submit(("邮箱", "page@test.example"), ("姓名", Dirty), ("密码", Make.Password));
        await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = "api@test.example", password = Make.Password, name = Dirty });
        var user = await Make.User(email: "profile@test.example");
        await (await (await App.SignedInAs(user)).Get("/account/profile")).Submit(("姓名", Dirty));
        Assert.Equal(3, await App.Scalar<long>("select count(*) from users where display_name = $1", Clean));
    }

    [Fact]
    public async Task A_name_of_nothing_that_can_be_seen_is_missing()
    {
        var page = await (await (await App.SignedInAs(await Make.Worker())).Get("/account/profile")).Submit(("姓名", "\u200b\u202e"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("请填写姓名", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("li@test.example", null)]
    [InlineData("li+courts@例子.中国", null)]
    [InlineData("用户@例子.中国", "email_not_ascii")]
    [InlineData("müller@test.example", "email_not_ascii")]
    [InlineData("li@.example", "email_invalid")]
    [InlineData("li@localhost", "email_invalid")]
    [InlineData("li@-.com", "email_invalid")]
    [InlineData("Li <li@test.example>", "email_invalid")]
    [InlineData("", "email_missing")]
    public void An_address_is_one_that_mail_can_reach(string address, string? refused) => Assert.Equal(refused, Addresses.WhyNot(address)?.Code);

    [Fact]
    public async Task An_address_that_no_mail_can_reach_is_refused_with_the_reason()
    {
        var page = await (await App.Visitor().Get("/account/register")).Submit(("邮箱", "用户@例子.中国"), ("姓名", "王小明"), ("密码", Make.Password));
        Assert.Contains("收不到邮件", page.Text, StringComparison.Ordinal);
        var reply = await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = "用户@例子.中国", password = Make.Password });
        Assert.Equal(("email_not_ascii", "email"), (reply.Code, reply["field"].GetString()));
        var change = await (await App.ApiAs(await Make.Worker())).Post("/api/v1/auth/manage/info", new { newEmail = "用户@例子.中国", oldPassword = Make.Password });
        Assert.Equal(("email_not_ascii", "newEmail"), (change.Code, change["field"].GetString()));
    }
}

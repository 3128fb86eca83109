using System.Net;

namespace VenueBooking.Tests.Web;

/// <summary>U+0000, which PostgreSQL cannot keep, is the sender's mistake wherever it comes from.</summary>
public sealed class UnkeepableTextTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task In_an_address()
    {
        var staff = await App.SignedInAs(await Make.Staff());

        Assert.Equal(HttpStatusCode.BadRequest, (await staff.Get("/staff/agreements?q=%00")).Status);
    }

    [Fact]
    public async Task In_a_form()
    {
        var visitor = App.Visitor();
        var token = (await visitor.Get("/account/forgot")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;

        var reply = await visitor.Send(() => new(HttpMethod.Post, "/account/forgot")
        {
            Content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("a\0b@example.com"), "Email" } },
        });

        Assert.Equal((HttpStatusCode.BadRequest, "这个请求我们看不懂"), (reply.Status, reply.Title));
    }

    /// <summary>What cannot be read as a form cannot be read on the error page either, which must not fall over it.</summary>
    [Fact]
    public async Task In_a_form_that_is_not_even_read()
    {
        var reply = await App.Visitor().Post("/account/forgot", ("Email", "a\0b@example.com"));

        Assert.Equal((HttpStatusCode.BadRequest, "这个请求我们看不懂"), (reply.Status, reply.Title));
    }

    [Theory]
    [InlineData("login", "{ \"email\": \"a\\u0000\", \"password\": \"x\" }"), InlineData("forgotPassword", "{ \"email\": \"\\u0000\" }")]
    public async Task In_json(string path, string body)
    {
        var api = await App.ApiAs(null);

        var reply = await api.Send(new(HttpMethod.Post, $"/api/v1/auth/{path}") { Content = new StringContent(body, null, "application/json") });

        Assert.Equal((HttpStatusCode.BadRequest, "bad_request"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task An_id_that_is_none_confirms_nobody()
    {
        var reply = await (await App.ApiAs(null)).Get("/api/v1/auth/confirmEmail?userId=x&code=y");

        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
    }
}

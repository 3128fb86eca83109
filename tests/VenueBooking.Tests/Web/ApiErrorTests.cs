using System.Net;

namespace VenueBooking.Tests.Web;

public sealed class ApiErrorTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Programs_get_problem_json_where_there_is_nothing()
    {
        var reply = await (await App.ApiAs(null)).Get("/api/v1/no-such-thing");
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Programs_that_did_not_sign_in_are_told_so_and_not_sent_to_a_page()
    {
        var reply = await (await App.ApiAs(null)).Get("/api/v1/bookings");
        Assert.Equal((HttpStatusCode.Unauthorized, "sign_in_required"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/slots"), InlineData("PUT", "/api/v1/bookings"), InlineData("GET", "/api/v1/check-ins"), InlineData("GET", "/api/v1/auth/login")]
    public async Task Programs_that_use_a_wrong_method_are_told_so_and_which_there_are(string method, string path)
    {
        var reply = await (await App.ApiAs(null)).Send(new(new(method), path));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method_not_allowed"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/v1/auth/login", "text/plain"), InlineData("/api/v1/auth/register", "application/x-www-form-urlencoded")]
    [InlineData("/api/v1/auth/login", null), InlineData("/api/v1/check-ins", "text/plain")]
    public async Task Programs_that_send_no_json_are_told_so(string path, string? type)
    {
        var content = new StringContent("code=1");
        content.Headers.ContentType = type is null ? null : new(type);
        var reply = await (await App.ApiAs(await Make.Staff())).Send(new(HttpMethod.Post, path) { Content = content });
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "not_json"), (reply.Status, reply.Code));
    }

    [Theory, InlineData("application/json; charset=utf-7"), InlineData("application/json; charset=nope"), InlineData("application/json; charset=\"\"")]
    public async Task Letters_that_nobody_knows_are_refused_and_no_fault_of_ours(string type)
    {
        var content = new StringContent("{}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var reply = await (await App.ApiAs(null)).Send(new(HttpMethod.Post, "/api/v1/auth/login") { Content = content });
        Assert.True((reply.Status, reply.Code) is (HttpStatusCode.UnsupportedMediaType, "not_json") or (HttpStatusCode.BadRequest, "bad_request"), reply.Text);
    }

    [Theory, InlineData("date=x", "invalid_date"), InlineData("venueId=7", "invalid_id")]
    public async Task The_stream_says_what_is_wrong_with_what_it_was_asked(string query, string code)
    {
        var reply = await (await App.ApiAs(null, "en")).Get("/slots/stream?" + query);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (reply.Status, reply.Code));
        Assert.StartsWith("That is not", reply["detail"].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/find"), InlineData("POST", "/find"), InlineData("PUT", "/account/login"), InlineData("POST", "/bookings"), InlineData("PATCH", "/staff/agreements")]
    public async Task A_page_takes_only_the_methods_it_has(string method, string path)
    {
        var page = await App.Visitor().Send(() => new(new(method), path));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.Status);
        Assert.Equal("这一页不能这样打开", page.Title);
    }

    [Fact]
    public async Task People_get_a_page_where_there_is_nothing()
    {
        var page = await App.Visitor().Get("/no-such-thing");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("没有找到这一页", page.Title);
    }
}

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

    [Fact]
    public async Task People_get_a_page_where_there_is_nothing()
    {
        var page = await App.Visitor().Get("/no-such-thing");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("没有找到这一页", page.Title);
    }
}

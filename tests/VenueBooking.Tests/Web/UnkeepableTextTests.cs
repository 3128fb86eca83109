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

    /// <summary>Pasted along with a text, where nobody sees it; in both ways that browsers send forms, and however the network cuts them.</summary>
    [Theory]
    [InlineData("multipart"), InlineData("urlencoded"), InlineData("in pieces")]
    public async Task In_a_form_it_is_taken_out_and_the_rest_kept(string sent)
    {
        var visitor = await App.SignedInAs(await Make.Worker());
        var page = await visitor.Get("/account/profile");
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = page.All("main input[name=__RequestVerificationToken]")[0].GetAttribute("value")!,
            ["DisplayName"] = "\0\0张\0三 100%00\0",
            ["Language"] = "zh-CN",
        };

        await visitor.Send(() => new(HttpMethod.Post, "/account/profile") { Content = ContentOf(fields, sent) });

        Assert.Equal("张三 100%00", await App.Scalar<string>("select display_name from users"));
    }

    [Fact]
    public async Task In_the_name_of_a_file()
    {
        var union = await Make.GrassrootsUnion();
        var officer = await App.SignedInAs(await Make.Officer(union));
        var token = (await officer.Get("/officer/roster")).All("main input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        var file = new ByteArrayContent("卡号,姓名\nAB-0001,张三\n"u8.ToArray());
        file.Headers.ContentDisposition = new("form-data") { Name = "Upload", FileNameStar = "a\0b.csv" };

        await officer.Send(() => new(HttpMethod.Post, "/officer/roster")
        {
            Content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent($"{union.Id}"), "UnionId" }, file },
        });

        Assert.Equal("ab.csv", await App.Scalar<string>("select file_name from roster_uploads"));
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

    static HttpContent ContentOf(Dictionary<string, string> fields, string sent)
    {
        if (sent == "multipart")
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in fields)
                parts.Add(new StringContent(value), name);
            return parts;
        }
        var form = new FormUrlEncodedContent(fields);
        return sent == "urlencoded" ? form : new StreamContent(form.ReadAsStream(), bufferSize: 1) { Headers = { ContentType = form.Headers.ContentType } };
    }
}

using System.Net;
using System.Text;

namespace VenueBooking.Tests.Web;

/// <summary>What only a server that listens does: bodies in pieces, limits, and ending while somebody is connected.</summary>
public sealed class LiveServerTests
{
    [Fact]
    public async Task A_body_in_pieces_is_a_body_and_one_too_large_is_refused()
    {
        await using var app = await App.StartLiveAsync();
        var slot = await app.Make.Slot(startsAt: app.Now.AddDays(1));
        var token = (await app.ApiAs(await app.Make.Worker())).Http.DefaultRequestHeaders.Authorization;
        using var http = new HttpClient { BaseAddress = app.Address, DefaultRequestHeaders = { Authorization = token } };
        var path = $"/api/v1/slots/{slot.Id}/bookings";

        var text = await http.SendAsync(InPieces(path, """{"partySize":1}""", "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        var large = await http.SendAsync(InPieces(path, $$"""{"partySize":1,"x":"{{new string('x', 1_500_000)}}"}""", "application/json"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("body_too_large", await large.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var booked = await http.SendAsync(InPieces(path, """{"partySize":1}""", "application/json"));
        Assert.Equal(HttpStatusCode.Created, booked.StatusCode);
    }

    [Fact]
    public async Task An_open_live_grid_does_not_hold_up_the_end_of_the_service()
    {
        var app = await App.StartLiveAsync();
        using var http = new HttpClient { BaseAddress = app.Address };
        await using var stream = await http.GetStreamAsync("/slots/stream");
        Assert.NotEqual(0, await stream.ReadAsync(new byte[100]));

        // Far less than the half minute that the host would give its requests.
        await app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    static HttpRequestMessage InPieces(string path, string body, string type) => new(HttpMethod.Post, path)
    {
        Content = new StringContent(body, Encoding.UTF8, type),
        Headers = { TransferEncodingChunked = true },
    };
}

using System.Net;
using System.Text;
using VenueBooking.Accounts;
using VenueBooking.Bookings;
using VenueBooking.Notices;
using VenueBooking.Tests.Support;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings;

public sealed class CalendarTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public void Lines_are_folded_at_75_octets_between_characters_and_text_is_escaped()
    {
        var at = new DateTimeOffset(2026, 6, 2, 11, 0, 0, TimeSpan.Zero);
        var long_ = string.Concat(Enumerable.Repeat("羽毛球🏸", 30));
        var text = Ics.Write("REQUEST", [new("u", 3, at, at, at.AddHours(1), "a;b,c\\d\r\ne", long_) { Attendee = ("张\"三\"\nX", "z@example.org") }]);
        var lines = text.Split("\r\n");
        Assert.All(lines, l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75, l));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains("SUMMARY:a\\;b\\,c\\\\d\\ne\r\n", unfolded, StringComparison.Ordinal);
        Assert.Contains($"LOCATION:{long_}\r\n", unfolded, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=Asia/Shanghai:20260602T190000\r\n", unfolded, StringComparison.Ordinal);
        Assert.Contains("CN=\"张'三' X\"", unfolded, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:3\r\n", unfolded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_of_a_cancelled_booking_takes_the_same_entry_out_of_the_calendar()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);
        var confirmed = await Mail("booking_confirmed", booking.Id);
        await (await App.ApiAs(worker)).Post($"/api/v1/bookings/{booking.Id}/cancellation");
        var cancelled = await Mail("booking_cancelled", booking.Id);
        Assert.Equal(("REQUEST", "CANCEL"), (confirmed!.Calendar!.Method, cancelled!.Calendar!.Method));
        Assert.Equal(Property(confirmed.Calendar.Ics, "UID"), Property(cancelled.Calendar.Ics, "UID"));
        Assert.Equal(("0", "1"), (Property(confirmed.Calendar.Ics, "SEQUENCE"), Property(cancelled.Calendar.Ics, "SEQUENCE")));
        Assert.Equal("CANCELLED", Property(cancelled.Calendar.Ics, "STATUS"));
        Assert.DoesNotContain(booking.Code, cancelled.Calendar.Ics, StringComparison.Ordinal);
        Assert.Null(await Mail("booking_reminder", booking.Id));
        Assert.Contains(booking.Code, string.Join('\n', confirmed.Paragraphs), StringComparison.Ordinal);
        Assert.EndsWith($"/bookings/{booking.Id}", confirmed.Action!.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_is_a_calendar_file_for_its_member_alone()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);
        var path = $"/bookings/{booking.Id}/calendar.ics";
        Assert.Contains("BEGIN:VEVENT", await (await Get(worker, path)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(await Make.Worker(), path)).StatusCode);
        var qr = await Get(worker, $"/bookings/{booking.Id}/qr.svg");
        Assert.Equal("image/svg+xml", qr.Content.Headers.ContentType?.MediaType);
        Assert.True(qr.Headers.CacheControl?.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(await Make.Worker(), $"/bookings/{booking.Id}/qr.svg")).StatusCode);
    }

    [Fact]
    public async Task A_booking_that_is_over_has_no_code_to_be_scanned()
    {
        var worker = await Make.Worker();
        var cancelled = await Make.Booking(member: worker, endReason: EndReason.Member);
        var past = await Make.Booking(await Make.Slot(startsAt: Clock.Now.AddHours(-2)), worker);

        foreach (var booking in (Booking[])[cancelled, past])
            Assert.Equal(HttpStatusCode.NotFound, (await Get(worker, $"/bookings/{booking.Id}/qr.svg")).StatusCode);
    }

    [Fact]
    public async Task A_feed_works_until_it_is_revoked()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);
        var nobody = await App.ApiAs(null);
        var first = new Uri(await App.With((CalendarFeeds feeds) => feeds.CreateAsync(worker.Id))).PathAndQuery;
        Assert.Contains($"booking-{booking.Id}", (await nobody.Get(first)).Text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var second = new Uri(await App.With((CalendarFeeds feeds) => feeds.CreateAsync(worker.Id))).PathAndQuery;
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.Get(first)).Status);
        await App.With(async (CalendarFeeds feeds) => { await feeds.RevokeAsync(worker.Id); return 0; });
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.Get(second)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.Get("/calendar/guess.ics")).Status);
        var third = new Uri(await App.With((CalendarFeeds feeds) => feeds.CreateAsync(worker.Id))).PathAndQuery;
        Assert.Equal(HttpStatusCode.OK, (await nobody.Http.SendAsync(new(HttpMethod.Head, third))).StatusCode);
    }

    async Task<HttpResponseMessage> Get(AppUser user, string path)
    {
        var (name, value) = await Tickets.CookieAsync(App, user, twoFactor: true);
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"{name}={value}");
        return await (await App.ApiAs(null)).Http.SendAsync(request);
    }

    Task<NoticeContent?> Mail(string kind, Guid booking) => App.With((IEnumerable<INoticeTemplate> all) =>
        Languages.In("en", () => all.Single(t => t.Kind == kind).RenderAsync(new Notice { Kind = kind, DedupeKey = "x", SubjectId = booking }, default)));

    static string Property(string ics, string name) =>
        ics.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Single(l => l.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
}

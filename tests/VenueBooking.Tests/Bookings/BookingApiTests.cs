using System.Net;
using System.Text;
using VenueBooking.Bookings;
using VenueBooking.Supply;
using VenueBooking.Tests.Support;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings;

public sealed class BookingApiTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task A_member_books_sees_and_cancels_a_slot()
    {
        var slot = await Make.Slot();
        var client = await App.ApiAs(await Make.Worker());
        var made = await client.Post($"/api/v1/slots/{slot.Id}/bookings", new { partySize = 2 });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("booked", made["state"].GetString());
        Assert.Matches("^[2-9A-HJKMNP-Z]{6}$", made["code"].GetString());
        var id = made["id"].GetString();
        Assert.Equal($"/api/v1/bookings/{id}", made.Response.Headers.Location?.OriginalString);
        Assert.Equal(id, (await client.Get("/api/v1/bookings")).Items.Single().GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.Post($"/api/v1/bookings/{id}/cancellation")).Status);
        Assert.Equal("cancelled", (await client.Get($"/api/v1/bookings/{id}"))["state"].GetString());
        Assert.Equal("already_cancelled", (await client.Post($"/api/v1/bookings/{id}/cancellation")).Code);
        Assert.Equal(0, await App.Scalar<int>("select taken from slots where id = $1", slot.Id));
    }

    [Fact]
    public async Task Another_members_booking_is_not_there()
    {
        var booking = await Make.Booking();
        var other = await App.ApiAs(await Make.Worker());
        foreach (var reply in (ApiReply[])[await other.Get($"/api/v1/bookings/{booking.Id}"), await other.Post($"/api/v1/bookings/{booking.Id}/cancellation")])
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Nobody_books_without_a_token()
    {
        var reply = await (await App.ApiAs(null)).Post($"/api/v1/slots/{(await Make.Slot()).Id}/bookings", new { partySize = 1 });
        Assert.Equal((HttpStatusCode.Unauthorized, "sign_in_required"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Each_rule_refuses_with_its_code_and_in_words()
    {
        var worker = await Make.Worker(language: "en");
        var client = await App.ApiAs(worker, "en");
        async Task<string?> Code(Guid slot, int party = 1) => (await client.Post($"/api/v1/slots/{slot}/bookings", new { partySize = party })).Code;
        var now = App.Now;
        Assert.Equal("not_found", await Code(Guid.CreateVersion7()));
        Assert.Equal("party_too_big", await Code((await Make.Slot()).Id, 5));
        Assert.Equal("party_too_small", await Code((await Make.Slot()).Id, 0));
        Assert.Equal("slot_closed", await Code((await Make.Slot(state: SlotState.Closed)).Id));
        Assert.Equal("slot_past", await Code((await Make.Slot(startsAt: now.AddHours(-1))).Id));
        Assert.Equal("slot_not_open", await Code((await Make.Slot(startsAt: now.AddDays(10))).Id));
        var reserved = await Make.Slot(startsAt: now.AddDays(10), opensAt: now.AddDays(-1), allOpensAt: now.AddDays(3), audienceUnionId: (await Make.Union()).Id);
        Assert.Equal("not_audience", await Code(reserved.Id));
        var full = await Make.Booking();
        Assert.Equal("slot_full", await Code(full.SlotId));
        Assert.Null(await Code((await Make.Slot(startsAt: now.AddDays(3))).Id));
        Assert.Equal("own_clash", await Code((await Make.Slot(startsAt: now.AddDays(3).AddMinutes(30))).Id));
        Assert.Equal("quota_used", await Code((await Make.Slot(startsAt: now.AddDays(4), minutes: 180)).Id));
        Assert.Null(await Code((await Make.Slot(startsAt: now.AddDays(5))).Id));
        var refused = await client.Post($"/api/v1/slots/{(await Make.Slot(startsAt: now.AddDays(6))).Id}/bookings", new { partySize = 1 });
        Assert.Equal(("open_bookings_used", HttpStatusCode.Conflict), (refused.Code, refused.Status));
        Assert.Contains("2 bookings", refused["detail"].GetString());
        Assert.Null(await Code((await Make.Slot(startsAt: now.AddHours(6))).Id));
        var unverified = await App.ApiAs(await Make.UnverifiedWorker());
        Assert.Equal("not_verified", (await unverified.Post($"/api/v1/slots/{(await Make.Slot()).Id}/bookings", new { partySize = 1 })).Code);
    }

    [Fact]
    public async Task A_refusal_offers_the_nearest_slots_where_another_would_help()
    {
        var space = await Make.Space();
        var wanted = (await Make.Booking(await Make.Slot(space))).SlotId;
        var start = await App.Scalar<DateTime>("select starts_at from slots where id = $1", wanted);
        var near = new List<Guid>();
        for (var hour = 1; hour <= 4; hour++)
            near.Add((await Make.Slot(space, startsAt: start.AddHours(hour))).Id);
        await Make.Slot(await Make.Space(activity: "yoga"), startsAt: start);
        var client = await App.ApiAs(await Make.Worker(), "en");

        var refused = await client.Post($"/api/v1/slots/{wanted}/bookings");
        Assert.Equal("slot_full", refused.Code);
        var offered = refused["alternatives"].EnumerateArray().ToList();
        Assert.Equal(near.Take(3), offered.Select(o => o.GetProperty("id").GetGuid()));
        Assert.Equal(space.VenueId, offered[0].GetProperty("venueId").GetGuid());
        Assert.Equal(HttpStatusCode.Created, (await client.Post($"/api/v1/slots/{near[0]}/bookings")).Status);
        // What one has is not offered, nor is anything where no other slot would help.
        var again = await client.Post($"/api/v1/slots/{wanted}/bookings");
        Assert.Equal(near.Skip(1), again["alternatives"].EnumerateArray().Select(o => o.GetProperty("id").GetGuid()));
        Assert.Equal("already_booked", (await client.Post($"/api/v1/slots/{near[0]}/bookings") is var own && own.Json.TryGetProperty("alternatives", out _) ? "offered" : own.Code));
        Assert.False((await (await App.ApiAs(await Make.UnverifiedWorker())).Post($"/api/v1/slots/{wanted}/bookings")).Json.TryGetProperty("alternatives", out _));
    }

    [Fact]
    public async Task What_is_offered_is_within_the_daily_cap_of_the_members_union()
    {
        var union = await Make.GrassrootsUnion(dailyCap: 1);
        var space = await Make.Space();
        var wanted = (await Make.Booking(await Make.Slot(space))).SlotId;
        var tomorrow = SiteTime.At(SiteTime.DayOf(App.Now).AddDays(1), new(19, 0));
        var (nextDay, dayAfter) = (await Make.Slot(space, startsAt: tomorrow.AddDays(1)), await Make.Slot(space, startsAt: tomorrow.AddDays(2)));
        Assert.Equal(HttpStatusCode.Created, (await (await App.ApiAs(await Make.Worker(union))).Post($"/api/v1/slots/{(await Make.Slot(startsAt: tomorrow.AddDays(1))).Id}/bookings")).Status);

        var refused = await (await App.ApiAs(await Make.Worker(union))).Post($"/api/v1/slots/{wanted}/bookings");
        Assert.Equal([dayAfter.Id], refused["alternatives"].EnumerateArray().Select(o => o.GetProperty("id").GetGuid()));
        Assert.NotEqual(nextDay.Id, dayAfter.Id);
    }

    [Fact]
    public async Task The_owner_unions_members_may_book_before_all_others()
    {
        var branch = await Make.Union(await Make.Union());
        var slot = await Make.Slot(startsAt: App.Now.AddDays(10), opensAt: App.Now.AddDays(-1), allOpensAt: App.Now.AddDays(3), audienceUnionId: branch.Id);
        var client = await App.ApiAs(await Make.Worker(await Make.Union(branch)));
        Assert.Equal(HttpStatusCode.Created, (await client.Post($"/api/v1/slots/{slot.Id}/bookings")).Status);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "invalid_body"), InlineData("""{"partySize":"2"}""", HttpStatusCode.BadRequest, "invalid_body"), InlineData("[]", HttpStatusCode.BadRequest, "invalid_body")]
    [InlineData("""{"partySize":99999999999}""", HttpStatusCode.BadRequest, "invalid_body"), InlineData("""{"partySize":-3}""", HttpStatusCode.UnprocessableEntity, "party_too_small")]
    public async Task What_makes_no_sense_is_refused_in_words(string body, HttpStatusCode status, string code)
    {
        var client = await App.ApiAs(await Make.Worker());
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/slots/{(await Make.Slot()).Id}/bookings") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var reply = await client.Send(request);
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        var client = await App.ApiAs(await Make.Worker());
        var (one, other) = (await Make.Slot(startsAt: App.Now.AddDays(1)), await Make.Slot(startsAt: App.Now.AddDays(2)));
        Assert.Equal(HttpStatusCode.Created, (await client.Post($"/api/v1/slots/{one.Id}/bookings", new { partySize = 1 }, "k1")).Status);
        var reply = await client.Post($"/api/v1/slots/{other.Id}/bookings", new { partySize = 1 }, "k1");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (reply.Status, reply.Code));
        Assert.Equal("invalid_idempotency_key", (await client.Post($"/api/v1/slots/{other.Id}/bookings", new { partySize = 1 }, new string('k', 101))).Code);
    }

    [Fact]
    public async Task A_repeated_cancellation_is_answered_as_the_first_was()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);
        var client = await App.ApiAs(worker);
        var first = await client.Post($"/api/v1/bookings/{booking.Id}/cancellation", key: "c1");
        var second = await client.Post($"/api/v1/bookings/{booking.Id}/cancellation", key: "c1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal("idempotency_key_reused", (await client.Post($"/api/v1/bookings/{booking.Id}/confirmation", key: "c1")).Code);
    }

    [Fact]
    public async Task Slots_are_listed_page_by_page_with_those_that_can_be_booked()
    {
        var space = await Make.Space(activity: "yoga");
        var free = await Make.Slot(space, startsAt: App.Now.AddDays(1));
        var taken = await Make.Booking(await Make.Slot(space, startsAt: App.Now.AddDays(1).AddHours(1)));
        var nobody = await App.ApiAs(null);
        var path = $"/api/v1/slots?date={SiteTime.DayOf(free.StartsAt):yyyy-MM-dd}&venueId={space.VenueId}&activity=yoga";
        var listed = (await nobody.Get(path)).Items.Select(i => i.GetProperty("id").GetGuid());
        Assert.Equal([free.Id, taken.SlotId], listed);
        var item = (await nobody.Get(path + "&free=true")).Items.Single();
        Assert.Equal((free.Id, 1, "open"), (item.GetProperty("id").GetGuid(), item.GetProperty("free").GetInt32(), item.GetProperty("state").GetString()));
        foreach (var (query, code) in (IEnumerable<(string, string)>)[("date=yesterday", "invalid_date"), ("activity=napping", "invalid_activity"), ("venueId=7", "invalid_id"), ("cursor=%21", "invalid_cursor"), ("free=maybe", "invalid_flag")])
            Assert.Equal(code, (await nobody.Get("/api/v1/slots?" + query)).Code);
    }

    [Fact]
    public async Task The_desk_checks_in_by_code_or_ticket_and_within_its_venues_alone()
    {
        var slot = await Make.Slot(startsAt: App.Now.AddMinutes(30), minutes: 20);
        var booking = await Make.Booking(slot, code: "ABC234");
        var venue = await App.Query(async db => (await db.FindAsync<VenueBooking.Venues.Venue>(slot.VenueId))!);
        var desk = await App.ApiAs(await Make.Desk(venue));
        var elsewhere = await App.ApiAs(await Make.Desk(await Make.Venue()));
        Assert.Equal("code_unknown", (await elsewhere.Post("/api/v1/check-ins", new { code = "ABC234" })).Code);
        Assert.Equal("code_unknown", (await desk.Post("/api/v1/check-ins", new { code = "ZZZ999" })).Code);
        foreach (var none in (int[])[0, 2])
            Assert.Equal("headcount_out_of_range", (await desk.Post("/api/v1/check-ins", new { code = "ABC234", headcount = none })).Code);
        var done = await desk.Post("/api/v1/check-ins", new { code = " abc-234 " });
        Assert.Equal("checked_in", done["state"].GetString());
        Assert.Equal((App.Now, 1), (done["checkedInAt"].GetDateTimeOffset(), done["headcount"].GetInt32()));
        Assert.Equal("already_checked_in", (await desk.Post("/api/v1/check-ins", new { code = "ABC234" })).Code);
        var second = await Make.Booking(await Make.Slot(await App.Query(async db => (await db.FindAsync<VenueBooking.Venues.Space>(slot.SpaceId))!), startsAt: App.Now.AddMinutes(50)));
        var ticket = await App.With((TicketToken tickets) => tickets.MakeAsync(second.Id));
        Assert.Equal("code_unknown", (await desk.Post("/api/v1/check-ins", new { code = ticket[..^3] + "AAA" })).Code);
        Assert.Equal("checked_in", (await desk.Post("/api/v1/check-ins", new { code = ticket }))["state"].GetString());
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("code_unknown", (await desk.Post("/api/v1/check-ins", new { code = ticket })).Code);
        var worker = await App.ApiAs(await Make.Worker());
        Assert.Equal(HttpStatusCode.Forbidden, (await worker.Post("/api/v1/check-ins", new { code = "ABC234" })).Status);
        Assert.NotEqual(booking.Id, second.Id);
    }

    [Theory, InlineData("{}"), InlineData("""{"code":null}"""), InlineData("""{"code":" "}"""), InlineData("")]
    public async Task A_check_in_without_a_code_is_told_that_it_is_missing(string body)
    {
        var desk = await App.ApiAs(await Make.Staff());
        var reply = await desk.Send(new(HttpMethod.Post, "/api/v1/check-ins") { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "code_missing", "code"), (reply.Status, reply.Code, reply["field"].GetString()));
    }

    [Fact]
    public async Task A_check_in_an_hour_ahead_is_taken_and_one_before_that_is_told_when_it_opens()
    {
        var booking = await Make.Booking(await Make.Slot(startsAt: Clock.Now.AddMinutes(61)));
        var desk = await App.ApiAs(await Make.Staff(), "en");
        var early = await desk.Post("/api/v1/check-ins", new { code = booking.Code });
        Assert.Equal((HttpStatusCode.Conflict, "check_in_too_early"), (early.Status, early.Code));
        Assert.Contains("10:01", early["detail"].GetString());
        Clock.Set(Clock.Now.AddMinutes(1));
        Assert.Equal("checked_in", (await desk.Post("/api/v1/check-ins", new { code = booking.Code }))["state"].GetString());
    }

    [Fact]
    public async Task The_api_describes_itself_and_can_be_tried()
    {
        var client = await App.ApiAs(null);
        var document = (await client.Get("/openapi/v1.json")).Json;
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/slots/{id}/bookings", out _));
        var page = await client.Get("/api");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("swagger", page.Text, StringComparison.OrdinalIgnoreCase);
        var missing = await client.Get("/api/v1/nothing-here");
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (missing.Status, missing.Code));
    }
}

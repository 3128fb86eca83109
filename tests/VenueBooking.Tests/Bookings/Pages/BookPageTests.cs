using System.Net;
using Microsoft.EntityFrameworkCore;
using VenueBooking.Bookings;
using VenueBooking.Supply;

namespace VenueBooking.Tests.Bookings.Pages;

public sealed class BookPageTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task Worker_books_from_a_time_chip_and_gets_a_ticket()
    {
        var hall = await Make.Venue("晨光羽毛球馆");
        var slot = await Make.Slot(await Make.Space(hall, name: "2号场", maxParty: 4));
        var worker = await App.SignedInAs(await Make.Worker());

        var found = await worker.Get("/find?activity=badminton&date=2026-06-02");
        var book = await worker.Get(found.One("main a.chip").GetAttribute("href")!);
        Assert.Contains("明天 周二 19:00–20:00", book.Text);
        Assert.Contains("明天 周二 17:00 前可免费取消", book.Text);
        Assert.Contains("羽毛球当周已约 0/3 小时", book.Text);
        var ticket = await book.Press("确认预约", ("3", true));

        var booking = await App.Query(db => db.Set<Booking>().SingleAsync());
        Assert.Equal((slot.Id, 3), (booking.SlotId, booking.PartySize));
        Assert.Equal($"/bookings/{booking.Id}?made=1", ticket.Path);
        Assert.Contains("预约成功", ticket.Text);
        Assert.EndsWith(booking.Code, ticket.One(".big-code").TextContent, StringComparison.Ordinal);
        Assert.Contains("2号场", ticket.Text);
    }

    [Fact]
    public async Task Double_submitted_form_makes_one_booking()
    {
        var slot = await Make.Slot(await Make.Space(capacity: 10));
        var worker = await App.SignedInAs(await Make.Worker());
        var book = await worker.Get($"/slots/{slot.Id}/book");

        var tickets = await Task.WhenAll(book.Press("确认预约"), book.Press("确认预约"));

        Assert.Equal(1, await App.Query(db => db.Set<Booking>().CountAsync()));
        Assert.Equal(tickets[0].Path, tickets[1].Path);
    }

    [Fact]
    public async Task Refusal_names_the_rule_and_offers_alternatives()
    {
        var space = await Make.Space();
        var slot = await Make.Slot(space);
        var later = await Make.Slot(space, slot.EndsAt);
        var worker = await App.SignedInAs(await Make.Worker());
        var book = await worker.Get($"/slots/{slot.Id}/book");
        await Make.Booking(slot);

        var refused = await book.Press("确认预约");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("slot_full", refused.One("[data-code]").GetAttribute("data-code"));
        Assert.Equal($"/slots/{later.Id}/book", refused.One("main a.chip").GetAttribute("href"));
        Assert.Contains("明天 周二 20:00–21:00", refused.One("main a.chip").TextContent);
    }

    [Fact]
    public async Task Alternatives_are_tappable_and_lead_to_a_ticket()
    {
        var space = await Make.Space();
        var slot = await Make.Slot(space);
        var later = await Make.Slot(space, slot.EndsAt);
        await Make.Booking(slot);
        var worker = await App.SignedInAs(await Make.Worker());

        var refused = await worker.Get($"/slots/{slot.Id}/book");
        Assert.Empty(refused.All("form#book"));
        var ticket = await (await worker.Get(refused.One("main a.chip").GetAttribute("href")!)).Press("确认预约");

        Assert.Contains("预约成功", ticket.Text);
        Assert.Equal(later.Id, await App.Query(db => db.Set<Booking>().Where(b => b.RequestId != null).Select(b => b.SlotId).SingleAsync()));
    }

    [Fact]
    public async Task Alternatives_are_other_times_before_they_are_other_courts_of_one_time()
    {
        var venue = await Make.Venue();
        var wanted = await Make.Slot(await Make.Space(venue));
        await Make.Booking(wanted);
        for (var court = 0; court < 3; court++)
            await Make.Slot(await Make.Space(venue));
        var spare = await Make.Space(venue);
        var later = await Make.Slot(spare, wanted.EndsAt);
        var muchLater = await Make.Slot(spare, wanted.StartsAt.AddHours(20));
        var worker = await App.SignedInAs(await Make.Worker());

        Assert.Equal(3, (await Offered()).Distinct().Count());
        Assert.Contains(muchLater.StartsAt, await Offered());
        await App.Execute("delete from slots where id = any($1)", new[] { later.Id, muchLater.Id });
        Assert.Equal([wanted.StartsAt, wanted.StartsAt], await Offered());

        async Task<List<DateTimeOffset>> Offered()
        {
            var page = await worker.Get($"/slots/{wanted.Id}/book");
            var ids = page.All("main a.chip").Select(a => Guid.Parse(a.GetAttribute("href")!.Split('/')[2])).ToArray();
            return await App.Query(db => db.Set<Slot>().Where(s => ids.Contains(s.Id)).Select(s => s.StartsAt).ToListAsync());
        }
    }

    [Fact]
    public async Task Who_brings_more_than_are_places_left_is_told_how_many_there_are()
    {
        var slot = await Make.Slot(await Make.Space(capacity: 4, maxParty: 4));
        var worker = await App.SignedInAs(await Make.Worker());
        var book = await worker.Get($"/slots/{slot.Id}/book");
        await Make.Booking(slot, partySize: 3);

        var refused = await Post(worker, book, $"/slots/{slot.Id}/book", ("RequestId", Guid.CreateVersion7().ToString()), ("Party", "2"));

        Assert.Equal((HttpStatusCode.Conflict, "too_few_places"), (refused.Status, refused.One("[data-code]").GetAttribute("data-code")));
        Assert.Contains("只剩 1 个名额", refused.Text, StringComparison.Ordinal);
        Assert.Single(refused.All("form#book"));
    }

    [Fact]
    public async Task Where_the_unions_day_is_full_other_days_are_offered_but_not_those_that_are_full_too()
    {
        var union = await Make.GrassrootsUnion(dailyCap: 1);
        var space = await Make.Space();
        var (wanted, fullToo, free) = (await Make.Slot(space), await Make.Slot(space, TestClock.Monday.AddDays(2)), await Make.Slot(space, TestClock.Monday.AddDays(3)));
        foreach (var at in new[] { wanted.StartsAt, fullToo.StartsAt })
            await Make.Booking(await Make.Slot(startsAt: at), await Make.Worker(union));
        var worker = await App.SignedInAs(await Make.Worker(union));

        var refused = await worker.Get($"/slots/{wanted.Id}/book");

        Assert.Equal("union_day_full", refused.One("[data-code]").GetAttribute("data-code"));
        Assert.Equal($"/slots/{free.Id}/book", refused.One("main a.chip").GetAttribute("href"));
    }

    [Fact]
    public async Task Unverified_member_is_told_what_to_do_and_not_offered_other_times()
    {
        var space = await Make.Space();
        var slot = await Make.Slot(space);
        await Make.Slot(space, slot.EndsAt);
        var worker = await App.SignedInAs(await Make.UnverifiedWorker());

        var page = await worker.Get($"/slots/{slot.Id}/book");

        Assert.Equal("not_verified", page.One("[data-code]").GetAttribute("data-code"));
        Assert.Equal("/account/membership", page.Link("去认证")!.GetAttribute("href"));
        Assert.Empty(page.All("main a.chip, form#book"));
    }

    [Theory]
    [InlineData("0"), InlineData("-3"), InlineData("99")]
    public async Task A_party_that_does_not_fit_is_refused_beside_the_form(string party)
    {
        var slot = await Make.Slot();
        await Make.Slot();
        var worker = await App.SignedInAs(await Make.Worker());
        var book = await worker.Get($"/slots/{slot.Id}/book");

        var refused = await Post(worker, book, $"/slots/{slot.Id}/book", ("RequestId", Guid.CreateVersion7().ToString()), ("Party", party));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Single(refused.All("form#book"));
        // Only the number has to change: no word of other times.
        Assert.Empty(refused.All("#others"));
        Assert.Equal(0, await App.Query(db => db.Set<Booking>().CountAsync()));
    }

    [Fact]
    public async Task Hours_are_said_to_the_quarter()
    {
        var worker = await Make.Worker();
        await Make.Booking(await Make.Slot(startsAt: Clock.Now.AddHours(3), minutes: 45), worker);

        var book = await (await App.SignedInAs(worker)).Get($"/slots/{(await Make.Slot(startsAt: Clock.Now.AddDays(2))).Id}/book");

        Assert.Contains("羽毛球当周已约 0.75/3 小时", book.Text);
    }

    [Theory]
    [InlineData("RequestId", "rubbish"), InlineData("Party", "many")]
    public async Task Rubbish_in_the_form_is_a_bad_request(string field, string value)
    {
        var slot = await Make.Slot();
        var worker = await App.SignedInAs(await Make.Worker());
        var book = await worker.Get($"/slots/{slot.Id}/book");
        (string, string) other = field == "Party" ? ("RequestId", Guid.CreateVersion7().ToString()) : ("Party", "1");

        var refused = await Post(worker, book, $"/slots/{slot.Id}/book", other, (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    [Theory]
    [InlineData("/slots/11111111-1111-1111-1111-111111111111/book"), InlineData("/slots/rubbish/book"), InlineData("/bookings/rubbish")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        var worker = await App.SignedInAs(await Make.Worker());

        Assert.Equal(HttpStatusCode.NotFound, (await worker.Get(path)).Status);
    }

    [Fact]
    public async Task A_past_slot_says_so()
    {
        var slot = await Make.Slot(startsAt: Clock.Now.AddHours(-2));
        var worker = await App.SignedInAs(await Make.Worker());

        var page = await worker.Get($"/slots/{slot.Id}/book");

        Assert.Equal("slot_past", page.One("[data-code]").GetAttribute("data-code"));
    }

    [Fact]
    public async Task Booking_without_a_token_changes_nothing()
    {
        var slot = await Make.Slot();
        var worker = await App.SignedInAs(await Make.Worker());

        var refused = await worker.Post($"/slots/{slot.Id}/book", ("RequestId", Guid.CreateVersion7().ToString()), ("Party", "1"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(0, await App.Query(db => db.Set<Booking>().CountAsync()));
    }

    [Fact]
    public async Task Who_is_not_signed_in_comes_back_to_the_slot_after_signing_in()
    {
        var slot = await Make.Slot();

        var login = await App.Visitor().Get($"/slots/{slot.Id}/book");

        Assert.StartsWith("/account/login", login.Path, StringComparison.Ordinal);
        Assert.Contains(slot.Id.ToString(), login.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_confirms_after_signing_out_elsewhere_comes_back_to_the_slot()
    {
        var (slot, user) = (await Make.Slot(), await Make.Worker());
        var worker = await App.SignedInAs(user);
        var book = await worker.Get($"/slots/{slot.Id}/book");
        await (await worker.Get("/account/logout")).Press("退出登录");

        var login = await book.Press("确认预约");
        Assert.Contains("刚才的内容没有提交", login.Text, StringComparison.Ordinal);
        var again = await login.Press("登录", ("邮箱", user.Email!), ("密码", Make.Password));

        Assert.Equal($"/slots/{slot.Id}/book", again.Path);
        Assert.Contains("预约成功", (await again.Press("确认预约")).Text);
    }

    [Theory]
    [InlineData("/slots/{0}/book", "/slots/{0}/book"), InlineData("/account/passkeys?handler=Options&x=1", "/account/passkeys?x=1")]
    public async Task Where_a_browser_does_not_say_where_the_form_stood_it_is_the_page_at_its_address(string posted, string page)
    {
        var login = await App.Visitor().Post(string.Format(System.Globalization.CultureInfo.InvariantCulture, posted, Guid.Empty));

        Assert.Equal("/account/login?returnUrl=" + Uri.EscapeDataString(string.Format(System.Globalization.CultureInfo.InvariantCulture, page, Guid.Empty)) + "&unsent=true", login.Path);
    }

    static Task<Support.WebPage> Post(Support.Visitor visitor, Support.WebPage page, string path, params (string, string)[] fields) =>
        visitor.Post(path, [.. fields, ("__RequestVerificationToken", page.All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!)]);
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VenueBooking.Bookings;
using VenueBooking.Data;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Venues;

public sealed class ClosureTests(AppLease lease) : AppTest(lease)
{
    static readonly (string, object)[] Tomorrow = [("从", "2026-06-02T08:00"), ("到", "2026-06-02T22:00"), ("原因", "更换地板")];

    [Fact]
    public async Task A_closure_shows_whom_it_hits_before_it_does_anything_and_then_closes()
    {
        var slot = await Make.Slot();
        var booking = await Make.Booking(slot, await Make.Worker(name: "王小明"), partySize: 2);
        var preview = await PreviewAsync(slot.VenueId);
        Assert.Contains("会关闭 1 个时段", preview.Text, StringComparison.Ordinal);
        Assert.Equal(["王小明", "2"], preview.All("tbody tr td").Where((_, i) => i != 1).Select(c => c.TextContent.Trim()));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from closures"));
        Assert.Equal("open", await App.Scalar<string>("select state from slots"));

        var list = await preview.Press("确认闭馆并通知 1 位预约人");
        Assert.Contains("闭馆已生效，1 个预约已取消", list.Text, StringComparison.Ordinal);
        Assert.Equal("closed", await App.Scalar<string>("select state from slots"));
        Assert.Equal(BookingState.Cancelled, (await App.Query(async db => (await db.FindAsync<Booking>(booking.Id))!)).State);
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'closure.apply'"));
        Assert.Contains("更换地板", (await App.Visitor().Get($"/venues/{slot.VenueId}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_somebody_books_while_staff_look_at_the_preview_it_is_shown_again_and_nothing_is_closed()
    {
        var slot = await Make.Slot();
        var preview = await PreviewAsync(slot.VenueId);
        Assert.Contains("还没有人预约", preview.Text, StringComparison.Ordinal);
        await Make.Booking(slot, await Make.Worker(name: "李后来"));
        var again = await preview.Press("确认闭馆");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("李后来", again.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from closures"));
        Assert.Contains("闭馆已生效", (await again.Press("确认闭馆")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_just_booking_as_staff_confirm_is_shown_to_them_before_anything_is_cancelled()
    {
        var slot = await Make.Slot();
        var late = await Make.Booking(slot, await Make.Worker(name: "李后来"), BookingState.Cancelled);
        var preview = await PreviewAsync(slot.VenueId);
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var booking = await connection.BeginTransactionAsync();
        await using (var take = new NpgsqlCommand("update slots set taken = 1 where id = $1", connection).With(slot.Id))
            await take.ExecuteNonQueryAsync();
        await using (var book = new NpgsqlCommand("update bookings set state = 'booked' where id = $1", connection).With(late.Id))
            await book.ExecuteNonQueryAsync();
        var closing = preview.Press("确认闭馆");
        await Task.Delay(300);
        Assert.False(closing.IsCompleted);
        await booking.CommitAsync();

        var again = await closing;
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("李后来", again.Text, StringComparison.Ordinal);
        Assert.Equal("booked", await App.Scalar<string>("select state from bookings"));

        Assert.Contains("1 个预约已取消", (await again.Press("确认闭馆并通知 1 位预约人")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await App.Scalar<int>("select (after ->> 'people')::int from audit_entries where action = 'closure.apply'"));
    }

    [Fact]
    public async Task Where_one_cancels_and_another_books_meanwhile_the_preview_is_shown_again_too()
    {
        var slot = await Make.Slot(await Make.Space(capacity: 10));
        var gone = await Make.Booking(slot, await Make.Worker(name: "王先走"));
        var preview = await PreviewAsync(slot.VenueId);
        await App.Execute("update bookings set state = 'cancelled' where id = $1", gone.Id);
        await Make.Booking(slot, await Make.Worker(name: "李后来"));

        var again = await preview.Press("确认闭馆并通知 1 位预约人");

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("李后来", again.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from closures"));
    }

    [Fact]
    public async Task The_closure_of_a_space_out_of_use_is_not_told_as_one_of_the_venue()
    {
        var space = await Make.Space(name: "甲");
        await (await PreviewAsync(space.VenueId, ("范围", "甲"))).Press("确认闭馆");
        Assert.Contains("甲 暂停开放", (await App.Visitor().Get($"/venues/{space.VenueId}")).Text, StringComparison.Ordinal);

        await App.Execute("update spaces set retired_at = now() where id = $1", space.Id);

        Assert.Empty((await App.Visitor().Get($"/venues/{space.VenueId}")).All(".notice-warning"));
    }

    [Fact]
    public async Task Lifting_a_closure_opens_nothing_on_a_space_out_of_use()
    {
        var slot = await Make.Slot();
        var list = await (await PreviewAsync(slot.VenueId)).Press("确认闭馆");
        await App.Execute("update spaces set retired_at = now() where id = $1", slot.SpaceId);

        await list.Press("提前开放");

        Assert.Equal("closed", await App.Scalar<string>("select state from slots"));
    }

    [Fact]
    public async Task A_closure_that_is_lifted_opens_its_slots_again()
    {
        var slot = await Make.Slot();
        var list = await (await PreviewAsync(slot.VenueId)).Press("确认闭馆");
        var lifted = await list.Press("提前开放");
        Assert.Contains("已提前开放", lifted.Text, StringComparison.Ordinal);
        Assert.Equal("open", await App.Scalar<string>("select state from slots"));
        Assert.Empty((await App.Visitor().Get($"/venues/{slot.VenueId}")).All(".notice-warning"));
    }

    [Fact]
    public async Task Where_two_closures_overlap_neither_says_that_the_other_is_not_there()
    {
        var slot = await Make.Slot();
        await (await PreviewAsync(slot.VenueId)).Press("确认闭馆");
        var second = await PreviewAsync(slot.VenueId);
        Assert.Contains("有 1 个时段已经关闭", second.Text, StringComparison.Ordinal);

        var lifted = await (await second.Press("确认闭馆")).Press("提前开放");

        Assert.Contains("它的时段都与别的闭馆重叠，仍然关闭", lifted.Text, StringComparison.Ordinal);
        Assert.Contains("已结束或已提前开放", lifted.All("h2").Select(h => h.TextContent.Trim()));
        Assert.Equal("closed", await App.Scalar<string>("select state from slots"));
        Assert.Contains("1 个时段重新可以预约；", (await lifted.Press("提前开放")).Text, StringComparison.Ordinal);
        Assert.Equal("open", await App.Scalar<string>("select state from slots"));
    }

    [Fact]
    public async Task Where_closures_overlap_in_part_the_times_are_counted_not_the_closures()
    {
        var venue = await Make.Venue();
        var (one, two) = (await Make.Space(venue, name: "甲"), await Make.Space(venue, name: "乙"));
        await Make.Slot(one);
        await Make.Slot(one, Clock.Now.AddDays(1).AddHours(2));
        await Make.Slot(two);
        await (await PreviewAsync(venue.Id, ("范围", "甲"), ("从", "2026-06-02T08:30"))).Press("确认闭馆");

        var whole = await PreviewAsync(venue.Id);
        Assert.Contains("会关闭 1 个时段", whole.Text, StringComparison.Ordinal);
        Assert.Contains("有 2 个时段已经关闭", whole.Text, StringComparison.Ordinal);
        // The first to begin is the first of the list.
        var lifted = await (await whole.Press("确认闭馆")).Press("提前开放");

        Assert.Contains("其余 1 个时段重新可以预约", lifted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lifting_a_closure_that_closed_no_times_promises_none()
    {
        var venue = await Make.Venue();

        var lifted = await (await (await PreviewAsync(venue.Id)).Press("确认闭馆")).Press("提前开放");

        Assert.Contains("没有时段因此重新开放", lifted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_chosen_space_is_closed()
    {
        var venue = await Make.Venue();
        var (one, two) = (await Make.Space(venue, name: "甲"), await Make.Space(venue, name: "乙"));
        await Make.Slot(one);
        await Make.Slot(two);
        await (await PreviewAsync(venue.Id, ("范围", "甲"))).Press("确认闭馆");
        Assert.Equal("closed", await App.Scalar<string>("select state from slots where space_id = $1", one.Id));
        Assert.Equal("open", await App.Scalar<string>("select state from slots where space_id = $1", two.Id));
    }

    [Theory]
    [InlineData("2026-06-02T22:00", "2026-06-02T08:00", "结束时间要晚于开始时间")]
    [InlineData("2026-05-01T08:00", "2026-05-02T08:00", "结束时间已经过去了")]
    [InlineData("2026-06-02T08:00", "2036-06-02T08:00", "一次最多两年")]
    [InlineData("tomorrow", "2026-06-02T08:00", "请填日期和时间")]
    public async Task A_closure_that_cannot_be_is_refused_in_words(string from, string until, string why)
    {
        var page = await PreviewAsync((await Make.Venue()).Id, ("从", from), ("到", until));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(why, page.Text, StringComparison.Ordinal);
        Assert.Equal("更换地板", page.One("[name='Input.Reason']").GetAttribute("value"));
    }

    [Fact]
    public async Task A_closure_that_is_over_is_listed_as_past_and_cannot_be_lifted()
    {
        var venue = await Make.Venue();
        var list = await (await PreviewAsync(venue.Id, ("从", "2026-06-01T10:00"), ("到", "2026-06-01T10:10"))).Press("确认闭馆");
        Clock.Advance(TimeSpan.FromMinutes(20));
        var late = await list.Press("提前开放");
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("这次闭馆已经结束了", late.Text, StringComparison.Ordinal);
        Assert.Contains("已结束", late.Text, StringComparison.Ordinal);
    }

    async Task<WebPage> PreviewAsync(Guid venueId, params (string, object)[] more)
    {
        var staff = await App.SignedInAs(await Make.Staff());
        return await (await staff.Get($"/staff/venues/{venueId}/closures/new")).Press("看看影响到谁", [.. Tomorrow, .. more]);
    }

    [Fact]
    public async Task Lifting_what_is_lifted_changes_nothing_and_says_so_and_the_log_names_the_venue_once()
    {
        var slot = await Make.Slot();
        var list = await (await PreviewAsync(slot.VenueId)).Press("确认闭馆");
        await list.Press("提前开放");

        var again = await list.Press("提前开放");

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("之前已经提前开放", again.Text, StringComparison.Ordinal);
        Assert.Equal(slot.VenueId.ToString(), await App.Scalar<string>("select after->>'venueId' from audit_entries where action = 'closure.lift'"));
    }
}

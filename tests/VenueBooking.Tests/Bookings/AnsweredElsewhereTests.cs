using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace VenueBooking.Tests.Bookings;

/// <summary>A process that stood still for longer than a minute is taken for dead, and another answers under the same key.</summary>
public sealed class AnsweredElsewhereTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task A_key_that_a_dead_process_took_and_did_not_answer_is_free_again_after_five_seconds()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);
        var (api, path) = (await App.ApiAs(worker), $"/api/v1/bookings/{booking.Id}/cancellation");
        await api.Post(path, key: "k1");
        await App.Execute("update idempotency_keys set status = null, body = null");

        Assert.Equal("idempotency_under_way", (await api.Post(path, key: "k1")).Code);
        Clock.Set(Clock.Now.AddSeconds(6));
        Assert.Equal("already_cancelled", (await api.Post(path, key: "k1")).Code);
    }

    [Fact]
    public async Task A_cancellation_that_comes_to_itself_after_another_process_has_answered_does_nothing_and_gives_that_answer()
    {
        var worker = await Make.Worker();
        var booking = await Make.Booking(member: worker);
        var api = await App.ApiAs(worker);
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var standstill = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("select 1 from slots where id = $1 for update", connection) { Parameters = { new() { Value = booking.SlotId } } };
        await hold.ExecuteNonQueryAsync();
        var cancelling = api.Post($"/api/v1/bookings/{booking.Id}/cancellation", key: "k1");
        await Task.Delay(300);
        Assert.False(cancelling.IsCompleted);
        await App.Execute("update idempotency_keys set status = 409, body = convert_to('{\"code\":\"cancel_too_late\",\"status\":409,\"title\":\"-\",\"type\":\"urn:venuebooking:cancel_too_late\",\"detail\":\"-\"}', 'UTF8')");
        await standstill.CommitAsync();

        var heard = await cancelling;

        Assert.Equal((HttpStatusCode.Conflict, "cancel_too_late"), (heard.Status, heard.Code));
        Assert.Equal("booked", await App.Scalar<string>("select state::text from bookings where id = $1", booking.Id));
        Assert.Equal(0L, await App.Scalar<long>("select count(*) from outbox where subject_id = $1 and kind = 'booking_cancelled'", booking.Id));
    }
}

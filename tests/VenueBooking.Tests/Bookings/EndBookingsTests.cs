using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Tests.Bookings;

public sealed class EndBookingsTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task The_end_of_a_membership_cancels_what_lies_ahead_frees_the_places_and_says_why()
    {
        var (member, other) = (await Make.Worker(), await Make.Worker());
        var slot = await Make.Slot(capacity: 5);
        var ahead = await Make.Booking(slot, member, partySize: 2);
        var others = await Make.Booking(slot, other);
        var begun = await Make.Booking(await Make.Slot(startsAt: App.Now.AddMinutes(-5)), member);

        Assert.Equal(1, await EndAsync(member.Id));
        Assert.Equal(0, await EndAsync(member.Id));

        Assert.Equal("cancelled", await State(ahead.Id));
        Assert.Equal(("booked", "booked"), (await State(others.Id), await State(begun.Id)));
        Assert.Equal(1, await App.Scalar<int>("select taken from slots where id = $1", slot.Id));
        Assert.Equal(ahead.Id, await App.Scalar<Guid>("select subject_id from outbox where kind = 'booking_cancelled'"));
        var mail = await App.With((IEnumerable<INoticeTemplate> all) => Languages.In("en", () => all.Single(t => t.Kind == "booking_cancelled")
            .RenderAsync(new Notice { Kind = "booking_cancelled", DedupeKey = "x", SubjectId = ahead.Id }, default)));
        Assert.Contains("A booking needs a verified membership, and yours has ended.", mail!.Paragraphs);
    }

    [Fact]
    public async Task Bookings_are_not_ended_outside_a_transaction() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => App.With((IMembershipEffect effect) => effect.EndedAsync([Guid.CreateVersion7()], default)));

    Task<int> EndAsync(Guid member) => App.With(async (IServiceProvider services) =>
    {
        var db = (AppDb)services.GetService(typeof(AppDb))!;
        await using var work = await db.Database.BeginTransactionAsync();
        var ended = await ((IMembershipEffect)services.GetService(typeof(IMembershipEffect))!).EndedAsync([member], default);
        await work.CommitAsync();
        return ended;
    });

    Task<string> State(Guid booking) => App.Scalar<string>("select state from bookings where id = $1", booking);
}

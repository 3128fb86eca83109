using System.Net;
using VenueBooking.Data;
using VenueBooking.Notices;
using VenueBooking.Supply;
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
        Assert.Contains("Only verified members can book. Your membership has ended, so this booking was cancelled.", mail!.Paragraphs);
    }

    [Theory, InlineData(SlotEnd.Closed), InlineData(SlotEnd.Withdrawn), InlineData(SlotEnd.Terminated)]
    public async Task What_staff_wrote_stands_in_the_mail_and_stays_on_the_ticket_when_the_mail_is_forgotten(SlotEnd end)
    {
        var member = await Make.Worker();
        var booking = await Make.Booking(member: member);
        await InTransactionAsync(services => ((IStandingBookings)services.GetService(typeof(IStandingBookings))!).CancelAsync([booking.SlotId], end, "屋顶漏水，请改去东馆", default));

        Assert.Contains((await DueMailsAsync("booking_closed")).Select(m => m.Mail.Text), text => text.Contains("屋顶漏水，请改去东馆", StringComparison.Ordinal));
        await App.Execute("delete from outbox");
        Assert.Contains("屋顶漏水，请改去东馆", (await (await App.SignedInAs(member)).Get($"/bookings/{booking.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_wrote_is_erased_with_the_account_and_the_mail_still_due_goes_without_it()
    {
        var (gone, stays) = (await Make.Worker(email: "gone@test.example"), await Make.Worker());
        var slot = await Make.Slot(capacity: 5);
        var (erased, kept) = (await Make.Booking(slot, gone), await Make.Booking(slot, stays));
        await InTransactionAsync(services => ((IStandingBookings)services.GetService(typeof(IStandingBookings))!).CancelAsync([slot.Id], SlotEnd.Closed, "赵小兰受了伤", default));

        await (await (await App.SignedInAs(gone)).Get("/account/delete")).Submit(("当前密码", Make.Password));

        Assert.Equal([kept.Id], await App.Scalar<Guid[]>("select array_agg(id) from bookings where end_note is not null"));
        var mails = (await DueMailsAsync("booking_closed")).ToDictionary(m => m.About!.Value, m => m.Mail);
        Assert.Equal(("gone@test.example", "CANCEL"), (mails[erased.Id].To, mails[erased.Id].Calendar!.Method));
        Assert.DoesNotContain("赵小兰受了伤", mails[erased.Id].Text, StringComparison.Ordinal);
        Assert.Contains("赵小兰受了伤", mails[kept.Id].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_wrote_to_those_who_had_booked_is_not_kept_of_a_guest()
    {
        var (slot, member) = (await Make.Slot(capacity: 5), await Make.Worker());
        var (booked, guest) = (await Make.Booking(slot, member), await Make.Booking(slot, await Make.Worker()));
        await App.Execute("update bookings set member_id = null, guest_name = '孙来客' where id = $1", guest.Id);

        await InTransactionAsync(services => ((IStandingBookings)services.GetService(typeof(IStandingBookings))!).CancelAsync([slot.Id], SlotEnd.Closed, "屋顶漏水", default));

        Assert.Equal("cancelled", await State(guest.Id));
        Assert.Equal([booked.Id], await App.Scalar<Guid[]>("select array_agg(id) from bookings where end_note is not null"));
    }

    [Fact]
    public async Task What_staff_wrote_before_is_kept_from_the_mails_that_still_say_it()
    {
        await using var app = await App.StartAsync();
        var (told, untold) = (await app.Make.Booking(), await app.Make.Booking(await app.Make.Slot(startsAt: app.Now.AddDays(2))));
        await app.Execute("alter table bookings drop column end_note");
        await app.Execute("update bookings set state = 'cancelled', end_reason = 'closed', ended_at = $1", app.Now);
        foreach (var (booking, note) in new[] { (told, "屋顶漏水"), (untold, "") })
            await app.Execute("""
                insert into outbox (id, kind, dedupe_key, recipient_id, subject_id, payload, created_at, due_at, next_attempt_at)
                values (gen_random_uuid(), 'booking_closed', $1::uuid::text, $2, $1, jsonb_build_object('note', $3::text), $4, $4, $4)
                """, booking.Id, booking.MemberId!, note, app.Now);

        await app.Execute(Migration.FromAssembly(typeof(Migration).Assembly).Single(m => m.Number == 21).Sql);

        Assert.Equal("屋顶漏水", await app.Scalar<string>("select end_note from bookings where id = $1", told.Id));
        Assert.Equal(1, await app.Scalar<long>("select count(*) from bookings where end_note is null"));
    }

    [Fact]
    public async Task Who_deletes_the_account_still_gets_the_mails_that_empty_the_calendar()
    {
        var user = await Make.Worker(email: "gone@test.example", language: "en");
        var ahead = await Make.Booking(member: user);
        var before = await Make.Booking(await Make.Slot(startsAt: App.Now.AddDays(2)), user);
        Assert.Equal(HttpStatusCode.OK, (await (await App.ApiAs(user)).Post($"/api/v1/bookings/{before.Id}/cancellation")).Status);

        await (await (await App.SignedInAs(user)).Get("/account/delete")).Submit(("当前密码", Make.Password));

        var mails = await DueMailsAsync("booking_cancelled");
        Assert.Equal(new Guid?[] { ahead.Id, before.Id }.Order(), mails.Select(m => m.About).Order());
        Assert.All(mails, m => Assert.Equal(("gone@test.example", "CANCEL"), (m.Mail.To, m.Mail.Calendar!.Method)));
        Assert.All(mails, m => Assert.Contains("mailto:gone@test.example", m.Mail.Calendar!.Ics.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Your account was deleted, and this booking was cancelled with it.", mails.Single(m => m.About == ahead.Id).Mail.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from outbox where recipient_id = $1 and state = 'due'", user.Id));
    }

    [Fact]
    public async Task Who_deletes_the_account_before_the_confirmation_went_out_hears_of_neither()
    {
        var user = await Make.Worker();
        var slot = await Make.Slot();
        Assert.Equal(HttpStatusCode.Created, (await (await App.ApiAs(user)).Post($"/api/v1/slots/{slot.Id}/bookings")).Status);

        await (await (await App.SignedInAs(user)).Get("/account/delete")).Submit(("当前密码", Make.Password));

        Assert.Equal(0, await App.Scalar<long>("select count(*) from outbox where kind like 'booking%' and state = 'due'"));
    }

    [Theory]
    [InlineData(SlotEnd.Closed, "the place is closed at this time"), InlineData(SlotEnd.Withdrawn, "this time is no longer offered"),
     InlineData(SlotEnd.Terminated, "the agreement with the venue ended early")]
    public async Task The_mail_and_the_ticket_say_how_the_slot_went_and_what_staff_wrote(SlotEnd how, string words)
    {
        var member = await Make.Worker(language: "en");
        var booking = await Make.Booking(member: member);

        await InTransactionAsync(services => ((IStandingBookings)services.GetService(typeof(IStandingBookings))!).CancelAsync([booking.SlotId], how, "Burst pipe", default));

        var (_, mail) = Assert.Single(await DueMailsAsync("booking_closed"));
        Assert.Contains(words, mail.Text, StringComparison.Ordinal);
        Assert.Contains("The reason given: Burst pipe", mail.Text, StringComparison.Ordinal);
        Assert.Contains("The reason given: Burst pipe", (await (await App.SignedInAs(member, "en")).Get($"/bookings/{booking.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookings_are_not_ended_outside_a_transaction() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => App.With((IMembershipEffect effect) => effect.EndedAsync([Guid.CreateVersion7()], default)));

    Task<int> EndAsync(Guid member) =>
        InTransactionAsync(services => ((IMembershipEffect)services.GetService(typeof(IMembershipEffect))!).EndedAsync([member], default));

    Task<int> InTransactionAsync(Func<IServiceProvider, Task<int>> end) => App.With(async (IServiceProvider services) =>
    {
        var db = (AppDb)services.GetService(typeof(AppDb))!;
        await using var work = await db.Database.BeginTransactionAsync();
        var ended = await end(services);
        await work.CommitAsync();
        return ended;
    });

    /// <summary>As they would go out now.</summary>
    Task<List<(Guid? About, Mail Mail)>> DueMailsAsync(string kind) => App.With(async (IServiceProvider services) =>
    {
        var renderer = (NoticeRenderer)services.GetService(typeof(NoticeRenderer))!;
        var mails = new List<(Guid?, Mail)>();
        foreach (var claimed in await ((DueNotices)services.GetService(typeof(DueNotices))!).ClaimAsync(100, default))
            if (claimed.Notice.Kind == kind)
                mails.Add((claimed.Notice.SubjectId, (await renderer.RenderAsync(claimed, default))!));
        return mails;
    });

    Task<string> State(Guid booking) => App.Scalar<string>("select state from bookings where id = $1", booking);
}

using VenueBooking.Data;
using VenueBooking.Unions;

namespace VenueBooking.Tests.Unions;

/// <summary>A database from when the end of a union ended the requests of who had only asked to join it.</summary>
public sealed class EndedUnionRequestTests
{
    [Fact]
    public async Task Who_only_asked_is_refused_and_what_really_ended_stays_so()
    {
        await using var app = await App.StartAsync();
        var (gone, open) = (await app.Make.GrassrootsUnion(), await app.Make.GrassrootsUnion());
        var (asked, refused, turnedOut) = (await app.Make.UnverifiedWorker(gone), await app.Make.UnverifiedWorker(gone), await app.Make.UnverifiedWorker(open));
        var member = await app.Make.Worker(gone);
        var (before, end) = (app.Now.AddDays(-2), app.Now.AddDays(-1));
        await app.Execute("update memberships set state = 'ended', ended_at = $1 where union_id = $2", end, gone.Id);
        await app.Execute("update memberships set rejected_at = $1, rejected_reason = '不在册' where user_id = $2", before, refused.Id);
        await app.Execute("update memberships set ended_at = $1 where user_id = $2", before, member.Id);
        await app.Execute("update memberships set state = 'ended', ended_at = $1, needs_officer = true where user_id = $2", end, turnedOut.Id);
        await app.Execute("update unions set ended_at = $1 where id = $2", end, gone.Id);

        await app.Execute(Migration.FromAssembly(typeof(Migration).Assembly).Single(m => m.Number == 19).Sql);

        Assert.Equal((MembershipState.Unverified, end, null), await StateOf(asked.Id));
        Assert.Equal((MembershipState.Unverified, before, "不在册"), await StateOf(refused.Id));
        Assert.Equal((MembershipState.Ended, null, null), await StateOf(member.Id));
        Assert.Equal((MembershipState.Ended, null, null), await StateOf(turnedOut.Id));

        Task<(MembershipState, DateTimeOffset?, string?)> StateOf(Guid person) => app.Query(async db =>
            await db.FindAsync<Membership>(person) is { } m ? (m.State, m.RejectedAt, m.RejectedReason) : throw new InvalidOperationException());
    }
}

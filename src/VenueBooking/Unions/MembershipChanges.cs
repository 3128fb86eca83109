using Microsoft.EntityFrameworkCore;
using VenueBooking.Data;
using VenueBooking.Notices;

namespace VenueBooking.Unions;

/// <summary>A membership begins to count, or no longer counts: whoever decided it, the member is told and what hangs on it follows.</summary>
public sealed class MembershipChanges(AppDb db, IEnumerable<IMembershipEffect> effects, Outbox outbox, TimeProvider clock)
{
    /// <summary>The caller saves.</summary>
    public void Verify(Membership membership, Guid unionId, VerifiedHow how, Guid? by = null)
    {
        membership.Verify(unionId, how, by, clock.GetUtcNow());
        Tell(membership, "membership_verified");
    }

    /// <summary>
    /// Ends them and cancels their coming bookings, in the transaction that the caller began and commits. The memberships are written
    /// first: whoever books at this moment waits for that, and is then no member.
    /// </summary>
    /// <param name="byOfficer">And not because a roster no longer has them: then no roster verifies them again.</param>
    /// <returns>How many bookings were cancelled.</returns>
    public async Task<int> EndAsync(IReadOnlyCollection<Membership> memberships, bool byOfficer, CancellationToken ct)
    {
        foreach (var membership in memberships)
        {
            membership.End(byOfficer, clock.GetUtcNow());
            Tell(membership, "membership_ended");
        }
        if (byOfficer)
            await RememberAsync(memberships, ct);
        await db.SaveChangesAsync(ct);
        var cancelled = 0;
        foreach (var effect in effects)
            cancelled += await effect.EndedAsync(IdsOf(memberships), ct);
        return cancelled;
    }

    /// <summary>
    /// The cards' lines keep it, and where no roster ever had the card, a line of the past that says nothing else: it outlasts the
    /// account, and a roster that has the card one day begins with it.
    /// </summary>
    async Task RememberAsync(IReadOnlyCollection<Membership> ended, CancellationToken ct)
    {
        var cards = ended.Select(m => m.CardNumber).OfType<string>().ToArray();
        await MarkAsync(cards, needsOfficer: true, ct);
        var listed = await db.Set<RosterEntry>().Where(r => cards.Contains(r.CardNumber)).Select(r => r.CardNumber).Distinct().ToListAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var membership in ended)
            if (membership is { CardNumber: { } card, UnionId: { } union } && !listed.Contains(card))
                db.Add(new RosterEntry { UnionId = union, CardNumber = card, Name = "", ImportedAt = now, RemovedAt = now, NeedsOfficer = true });
    }

    /// <summary>Whether rosters verify who has one of these cards. Lines of the past too, from which an import takes it over. The caller saves.</summary>
    public async Task MarkAsync(string[] cards, bool needsOfficer, CancellationToken ct)
    {
        foreach (var entry in await db.Set<RosterEntry>().Where(r => cards.Contains(r.CardNumber) && r.NeedsOfficer != needsOfficer).ToListAsync(ct))
            entry.NeedsOfficer = needsOfficer;
    }

    /// <summary>How many bookings their end would cancel.</summary>
    public async Task<int> ComingBookingsAsync(IReadOnlyCollection<Membership> memberships, CancellationToken ct)
    {
        var coming = 0;
        foreach (var effect in effects)
            coming += await effect.ComingAsync(IdsOf(memberships), ct);
        return coming;
    }

    public void Tell(Membership membership, string kind) =>
        outbox.Add(kind, $"{membership.UserId:N}-{clock.GetUtcNow().UtcTicks}", membership.UserId, membership.UserId, new { reason = membership.RejectedReason });

    static Guid[] IdsOf(IEnumerable<Membership> memberships) => [.. memberships.Select(m => m.UserId)];
}

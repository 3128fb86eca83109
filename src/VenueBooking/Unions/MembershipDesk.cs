using Microsoft.EntityFrameworkCore;
using VenueBooking.Accounts;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Unions;

/// <summary>
/// How a membership comes about and ends: asked for by the person, verified by the roster at once where card and name match,
/// or by an officer. A card belongs to one verified member; the database sees to it. Nobody is verified whose address is not
/// confirmed: an invented one would hold a card that is another's.
/// </summary>
public sealed class MembershipDesk(AppDb db, OfficerScope scope, MembershipChanges changes, Audit audit, TimeProvider clock)
{
    const int LongestReason = 300;

    /// <summary>Asks by the person's own wish, again after a refusal or an end.</summary>
    public async Task<Outcome<Membership>> RequestAsync(Guid userId, string? name, Guid? unionId, string? card, CancellationToken ct) =>
        // Without a union or a card nobody could ever check it.
        unionId is null && string.IsNullOrWhiteSpace(card) ? UnionRefusals.UnionUnknown : await AskAsync(userId, name, unionId, card, ct);

    /// <summary>Asks for membership, or asks again, within the caller's transaction if there is one.</summary>
    public async Task<Outcome<Membership>> AskAsync(Guid userId, string? name, Guid? unionId, string? card, CancellationToken ct)
    {
        if (PersonNames.Clean(name) is not { Length: > 0 and <= PersonNames.Longest } clean)
            return UnionRefusals.NameMissing;
        if (!string.IsNullOrWhiteSpace(card) && !CardNumbers.IsValid(card))
            return UnionRefusals.CardInvalid;
        if (unionId is not null && !await db.Set<Union>().AnyAsync(u => u.Id == unionId && u.Level == UnionLevel.Grassroots && u.EndedAt == null, ct))
            return UnionRefusals.UnionUnknown;
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var number = CardNumbers.Clean(card);
        var membership = await LockAsync(userId, ct);
        // Card number and name as the union itself wrote them: verified at once, into the union that wrote them.
        var entry = await HoldEntryAsync(number, clean, ct);
        // A card that no roster has is looked at by the union's officers: without a union it would be looked at by nobody.
        if (entry is null && unionId is null && number is not null)
            return UnionRefusals.UnionNeeded;
        if (membership?.State == MembershipState.Verified)
            return UnionRefusals.AlreadyVerified;
        var asked = unionId ?? entry?.UnionId;
        if (membership is null)
            db.Add(membership = Membership.Ask(userId, clean, asked, number, clock.GetUtcNow()));
        else
            membership.AskAgain(clean, asked, number, clock.GetUtcNow());
        if (entry is not null && await IsConfirmedAsync(userId, ct) && !entry.NeedsOfficer && !membership.NeedsOfficer)
            changes.Verify(membership, entry.UnionId, VerifiedHow.Roster);
        var saved = await SaveAsync(membership, ct);
        if (own is not null && !saved.IsRefused)
            await own.CommitAsync(ct);
        return saved;
    }

    /// <summary>
    /// The address was just confirmed: whose card and name a roster has is verified now. Where another verified member holds the
    /// card, the request goes on waiting, for the union to look at. In the transaction that confirms.
    /// </summary>
    public async Task MatchAsync(Guid userId, CancellationToken ct)
    {
        var membership = await LockAsync(userId, ct);
        if (membership is not { State: MembershipState.Unverified, NeedsOfficer: false }
            || await HoldEntryAsync(membership.CardNumber, membership.Name, ct) is not { NeedsOfficer: false } entry)
            return;
        changes.Verify(membership, entry.UnionId, VerifiedHow.Roster);
        await SaveAsync(membership, ct);
    }

    Task<Membership?> LockAsync(Guid userId, CancellationToken ct) =>
        db.Set<Membership>().FromSql($"select *, xmin from memberships where user_id = {userId} for update").SingleOrDefaultAsync(ct);

    /// <summary>
    /// What a roster says of this card and name. Held until the transaction is over, so that no import takes it back, and no officer marks
    /// it, while somebody is being verified by it. After the membership and the union, in the order in which all lock.
    /// </summary>
    async Task<RosterEntry?> HoldEntryAsync(string? number, string name, CancellationToken ct)
    {
        if (number is null)
            return null;
        await db.Database.ExecuteSqlAsync($"""
            select 1 from unions where id = (select union_id from roster_entries where card_number = {number} and name = {name} and removed_at is null)
            for key share
            """, ct);
        return await db.Set<RosterEntry>()
            .FromSql($"select * from roster_entries where card_number = {number} and name = {name} and removed_at is null for share").SingleOrDefaultAsync(ct);
    }

    Task<bool> IsConfirmedAsync(Guid userId, CancellationToken ct) => db.Set<AppUser>().AnyAsync(u => u.Id == userId && u.EmailConfirmed, ct);

    public async Task<Outcome<Membership>> ApproveAsync(Guid userId, Guid? unionId, Guid officerId, CancellationToken ct)
    {
        if (await FindAsync(userId, ct) is not { } membership)
            return Refusal.NotFound;
        if (membership.State == MembershipState.Verified)
            return UnionRefusals.AlreadyVerified;
        if (!await IsConfirmedAsync(userId, ct))
            return UnionRefusals.AddressUnconfirmed;
        if ((unionId ?? membership.UnionId) is not { } into
            || !await scope.Unions.AnyAsync(u => u.Id == into && u.Level == UnionLevel.Grassroots && u.EndedAt == null, ct))
            return UnionRefusals.UnionUnknown;
        var before = Shown(membership);
        changes.Verify(membership, into, VerifiedHow.Officer, officerId);
        if (membership.CardNumber is { } card)
            await changes.MarkAsync([card], needsOfficer: false, ct);
        return await SaveAsync(membership, "membership.approve", before, ct);
    }

    public async Task<Outcome<Membership>> RejectAsync(Guid userId, string? reason, CancellationToken ct)
    {
        if (reason?.Trim() is not { Length: > 0 and <= LongestReason } clean)
            return UnionRefusals.ReasonMissing;
        if (await FindAsync(userId, ct) is not { } membership)
            return Refusal.NotFound;
        if (membership.State != MembershipState.Unverified)
            return UnionRefusals.NotWaiting;
        var before = Shown(membership);
        membership.Reject(clean, clock.GetUtcNow());
        changes.Tell(membership, "membership_rejected");
        return await SaveAsync(membership, "membership.reject", before, ct);
    }

    /// <summary>Ends it, and with it the coming bookings: only members book. Who asks again is looked at by an officer, whatever a roster says.</summary>
    public async Task<Outcome<Membership>> EndAsync(Guid userId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(userId, ct) is not { } membership)
            return Refusal.NotFound;
        if (membership.State == MembershipState.Ended)
            return UnionRefusals.NotWaiting;
        var before = Shown(membership);
        try
        {
            var cancelled = await changes.EndAsync([membership], byOfficer: true, ct);
            audit.Record("membership.end", "membership", userId, before, new { membership.State, cancelled });
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return membership;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Stale;
        }
    }

    /// <summary>How many coming bookings the end of this membership would cancel.</summary>
    public Task<int> ComingBookingsAsync(Membership membership, CancellationToken ct) => changes.ComingBookingsAsync([membership], ct);

    Task<Membership?> FindAsync(Guid userId, CancellationToken ct) => scope.Memberships.SingleOrDefaultAsync(m => m.UserId == userId, ct);

    Task<Outcome<Membership>> SaveAsync(Membership membership, string action, object before, CancellationToken ct)
    {
        audit.Record(action, "membership", membership.UserId, before, Shown(membership));
        return SaveAsync(membership, ct);
    }

    async Task<Outcome<Membership>> SaveAsync(Membership membership, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return membership;
        }
        catch (DbUpdateException e) when (Explain(e) is { } refusal)
        {
            db.ChangeTracker.Clear();
            return refusal;
        }
    }

    static Refusal? Explain(DbUpdateException e) => e is DbUpdateConcurrencyException ? Refusal.Stale : e.BrokenConstraint() switch
    {
        "memberships_card_number_key" => UnionRefusals.CardTaken,
        "memberships_pkey" => Refusal.Stale,
        UnionRefusals.OpenUnion => UnionRefusals.UnionUnknown,
        _ => null,
    };

    static object Shown(Membership m) => new { m.State, m.UnionId, m.CardNumber, m.RejectedReason };
}

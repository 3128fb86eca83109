namespace VenueBooking.Unions;

public enum MembershipState { Unverified, Verified, Ended }

public enum VerifiedHow { Roster, Officer, Demo }

/// <summary>A person's membership of a union: unverified → verified → ended. Only a verified member books.</summary>
public sealed class Membership
{
    public Guid UserId { get; private init; }
    public Guid? UnionId { get; private set; }
    public string? CardNumber { get; private set; }
    public string Name { get; private set; } = "";
    public MembershipState State { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset? VerifiedAt { get; private set; }
    public Guid? VerifiedBy { get; private set; }
    public VerifiedHow? VerifiedHow { get; private set; }
    public DateTimeOffset? RejectedAt { get; private set; }
    /// <summary>The officer's words; none where the union ended before anybody looked at the request.</summary>
    public string? RejectedReason { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>An officer ended it, for reasons a roster does not know: only an officer verifies it again, whichever card is given. Of the card: <see cref="RosterEntry.NeedsOfficer"/>.</summary>
    public bool NeedsOfficer { get; private set; }
    /// <summary>Two officers on one membership: the second finds it changed.</summary>
    public uint Version { get; private set; }

    public static Membership Ask(Guid userId, string name, Guid? unionId, string? cardNumber, DateTimeOffset now) => new()
    {
        UserId = userId,
        Name = name,
        UnionId = unionId,
        CardNumber = cardNumber,
        State = MembershipState.Unverified,
        AskedAt = now,
    };

    /// <summary>After a refusal, an end, or a slip of the pen: the same person asks once more.</summary>
    public void AskAgain(string name, Guid? unionId, string? cardNumber, DateTimeOffset now)
    {
        (Name, UnionId, CardNumber, AskedAt, State) = (name, unionId, cardNumber, now, MembershipState.Unverified);
        (RejectedAt, RejectedReason, EndedAt) = (null, null, null);
        (VerifiedAt, VerifiedBy, VerifiedHow) = (null, null, null);
    }

    public void Verify(Guid unionId, VerifiedHow how, Guid? by, DateTimeOffset now)
    {
        (UnionId, State, VerifiedAt, VerifiedBy, VerifiedHow) = (unionId, MembershipState.Verified, now, by, how);
        (RejectedAt, RejectedReason, EndedAt, NeedsOfficer) = (null, null, null, false);
    }

    public void Reject(string reason, DateTimeOffset now) => (RejectedAt, RejectedReason) = (now, reason);

    public void End(bool byOfficer, DateTimeOffset now) => (State, EndedAt, NeedsOfficer) = (MembershipState.Ended, now, byOfficer);
}

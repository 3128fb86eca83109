using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>How far a role reaches, kept by the module that knows: an officer's unions, a desk's venues. Shown on the accounts' admin page.</summary>
public interface IRoleScope
{
    static readonly Refusal Unknown = Refusal.Invalid("reach_unknown");

    /// <summary>Which role, of <see cref="Roles"/>.</summary>
    string Role { get; }

    /// <summary>Its words on the page, a key of the module's texts: <c>officer_unions</c>.</summary>
    string TextKey { get; }

    /// <summary>What there is to give, in the order to show it.</summary>
    Task<IReadOnlyList<ScopeChoice>> ChoicesAsync(CancellationToken ct);

    Task<IReadOnlyList<ScopeChoice>> HeldAsync(Guid userId, CancellationToken ct);

    /// <summary>
    /// Gives exactly these, and writes what changed to the audit log. Within the caller's transaction on the same AppDb, which the
    /// caller rolls back where it is refused: one of them has gone meanwhile.
    /// </summary>
    Task<Outcome<Done>> SetAsync(Guid userId, IReadOnlyCollection<Guid> ids, CancellationToken ct);
}

public sealed record ScopeChoice(Guid Id, string Label);

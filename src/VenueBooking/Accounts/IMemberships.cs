using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <param name="Label">The union's name with the one above it, because two streets may each have a 第一小学工会.</param>
public sealed record UnionChoice(Guid Id, string Label);

/// <summary>What an account asks of memberships as it comes into being. Unions answers; Accounts knows no unions.</summary>
public interface IMemberships
{
    /// <summary>The grassroots unions one can say one belongs to.</summary>
    Task<IReadOnlyList<UnionChoice>> ChoicesAsync(CancellationToken ct);

    /// <summary>Asks for membership in the transaction that is open on the AppDb, and saves.</summary>
    Task<Refusal?> AskAsync(Guid userId, string name, Guid? unionId, string? cardNumber, CancellationToken ct);

    /// <summary>Only a confirmed address makes a request count: a roster may have been waiting for it.</summary>
    Task AddressConfirmedAsync(Guid userId, CancellationToken ct);
}

using VenueBooking.Accounts;
using VenueBooking.Web;

namespace VenueBooking.Venues;

/// <summary>Which venues a desk clerk works for, for the accounts' admin page.</summary>
sealed class DeskReach(VenueDeskScopes scopes) : IRoleScope
{
    public string Role => Roles.Desk;
    public string TextKey => "desk_venues";

    public async Task<IReadOnlyList<ScopeChoice>> ChoicesAsync(CancellationToken ct) =>
        [.. (await scopes.ChoicesAsync(ct)).Select(s => new ScopeChoice(s.VenueId, s.LocalName))];

    public async Task<IReadOnlyList<ScopeChoice>> HeldAsync(Guid userId, CancellationToken ct) =>
        [.. (await scopes.ListAsync(userId, ct)).Select(s => new ScopeChoice(s.VenueId, s.LocalName))];

    public async Task<Outcome<Done>> SetAsync(Guid userId, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var held = (await scopes.ListAsync(userId, ct)).Select(s => s.VenueId).ToHashSet();
        foreach (var gone in held.Except(ids).Order().ToList())
            // One that somebody else has taken already is taken.
            await scopes.RemoveAsync(userId, gone, ct);
        foreach (var added in ids.Except(held).Order().ToList())
            if (await scopes.AddAsync(userId, added, ct) is { IsRefused: true } refused)
                return refused;
        return Done.It;
    }
}

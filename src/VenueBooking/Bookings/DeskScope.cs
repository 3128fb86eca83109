using VenueBooking.Accounts;
using VenueBooking.Venues;

namespace VenueBooking.Bookings;

/// <summary>The venues whose day the person at the desk may see: a clerk's own, all for staff.</summary>
public sealed class DeskScope(VenueDeskScopes scopes, CurrentMember member)
{
    public Guid UserId => member.Id;
    public bool SeesAll => member.SeesAll;

    public Task<IReadOnlyList<VenueDeskScopes.Scope>> VenuesAsync(CancellationToken ct) =>
        SeesAll ? scopes.ChoicesAsync(ct) : scopes.ListAsync(member.Id, ct);
}

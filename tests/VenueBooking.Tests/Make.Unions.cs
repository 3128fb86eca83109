using VenueBooking.Accounts;
using VenueBooking.Unions;

namespace VenueBooking.Tests;

public sealed partial class Make
{
    /// <summary>A union under <paramref name="parent"/>; without one a district of its own.</summary>
    public Task<Union> Union(Union? parent = null, string? name = null, int? dailyCap = null)
    {
        var union = VenueBooking.Unions.Union.Make(parent, name ?? $"工会{Next()}", Now);
        union.CapAt(dailyCap);
        return Save(union);
    }

    /// <summary>A grassroots union with its own branch and district above it.</summary>
    public async Task<Union> GrassrootsUnion(string? name = null, int? dailyCap = null) =>
        await Union(await Union(await Union()), name, dailyCap);

    /// <summary>A verified member, who may book.</summary>
    public async Task<AppUser> Worker(Union? union = null, string? name = null, string? email = null, string language = "zh-CN")
    {
        var user = await User(name, email, language, roles: Roles.Worker);
        var membership = Membership.Ask(user.Id, user.DisplayName, null, $"C{Next():000000}", Now);
        membership.Verify((union ?? await GrassrootsUnion()).Id, VerifiedHow.Roster, null, Now);
        await Save(membership);
        return user;
    }

    /// <summary>Somebody who has asked to be a member and waits to be verified.</summary>
    public async Task<AppUser> UnverifiedWorker(Union? union = null, string? name = null, string? cardNumber = null)
    {
        var user = await User(name, roles: Roles.Worker);
        await Save(Membership.Ask(user.Id, user.DisplayName, union?.Id, cardNumber, Now));
        return user;
    }

    /// <summary>An officer of a union and all below it.</summary>
    public async Task<AppUser> Officer(Union union, string? name = null)
    {
        var user = await User(name, roles: Roles.UnionOfficer);
        await Save(new UnionOfficer { UserId = user.Id, UnionId = union.Id });
        return user;
    }

    public Task<RosterEntry> RosterEntry(Union union, string name, string cardNumber) =>
        Save(new RosterEntry { UnionId = union.Id, Name = name, CardNumber = cardNumber, ImportedAt = Now });
}

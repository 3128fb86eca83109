using VenueBooking.Accounts;
using VenueBooking.Venues;

namespace VenueBooking.Tests;

public sealed partial class Make
{
    public Task<Venue> Venue(string? name = null, string? nameEn = null) => Save(new Venue
    {
        Name = name ?? $"文体中心{Next()}",
        NameEn = nameEn ?? $"Centre {Next()}",
        Address = "西城区示例路1号",
        CreatedAt = Now,
    });

    /// <param name="capacity">1: exclusive; more: by places.</param>
    public async Task<Space> Space(Venue? venue = null, string activity = "badminton", int capacity = 1, int maxParty = 4, string? name = null) =>
        await Save(new Space
        {
            VenueId = (venue ?? await Venue()).Id,
            Name = name ?? $"{Next()}号场",
            NameEn = $"Court {Next()}",
            Activity = activity,
            Capacity = capacity,
            MaxParty = maxParty,
            CreatedAt = Now,
        });

    /// <summary>A clerk at one venue's desk.</summary>
    public async Task<AppUser> Desk(Venue venue, string? name = null)
    {
        var user = await User(name, roles: Roles.Desk);
        await Save(new VenueDesk { UserId = user.Id, VenueId = venue.Id });
        return user;
    }
}

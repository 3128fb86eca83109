using Microsoft.AspNetCore.Identity;

namespace VenueBooking.Accounts;

/// <summary>A person's account. What makes them a member of a union is in Unions.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public AppUser() => Id = Guid.CreateVersion7();

    public string DisplayName { get; set; } = "";
    public string Language { get; set; } = Web.Languages.Chinese;
    public bool ElderMode { get; set; }
    /// <summary>Made by the demo: staff accounts of the demo are let off two-factor sign-in, and say so on every page.</summary>
    public bool IsDemo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

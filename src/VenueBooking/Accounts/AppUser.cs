using Microsoft.AspNetCore.Identity;

namespace VenueBooking.Accounts;

/// <summary>A person's account. What makes them a member of a union is in Unions.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    public AppUser() => Id = Guid.CreateVersion7();

    public string DisplayName { get; set; } = "";
    public string Language { get; set; } = Web.Languages.Chinese;
    public bool ElderMode { get; set; }
    /// <summary>Whether they chose these two themselves, and not their first browser.</summary>
    public bool PreferencesChosen { get; set; }
    /// <summary>Made by the demo: staff accounts of the demo are let off two-factor sign-in, and say so on every page.</summary>
    public bool IsDemo { get; init; }
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>The person asked us to forget them: the row stays, because history points at it, but says nothing about them.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>When a wrong password or code was last counted; under an administrator's lock, when a password was last looked at.</summary>
    public DateTimeOffset? LastFailedAt { get; private set; }

    /// <summary>By an administrator, until further notice.</summary>
    public bool IsLockedForGood => LockoutEnd == DateTimeOffset.MaxValue;

    /// <summary>Nobody has confirmed the address yet, and it is registered once more: of the first time only the id stays, and what an administrator decided.</summary>
    public void RegisterAnew(string name, string language, string passwordHash, DateTimeOffset now)
    {
        (DisplayName, Language, PasswordHash, CreatedAt) = (name, language, passwordHash, now);
        (AccessFailedCount, LockoutEnd) = (0, IsLockedForGood ? LockoutEnd : null);
    }

    /// <summary>Leaves nothing of the person, and no way in.</summary>
    public void Forget(DateTimeOffset now)
    {
        var nobody = $"deleted-{Id:N}@account.invalid";
        (UserName, Email, PasswordHash, PhoneNumber) = (nobody, nobody, null, null);
        (EmailConfirmed, TwoFactorEnabled, PhoneNumberConfirmed, ElderMode) = (false, false, false, false);
        (DisplayName, LockoutEnabled, LockoutEnd) = ("—", true, DateTimeOffset.MaxValue);
        (LastFailedAt, DeletedAt) = (null, now);
    }
}

using Microsoft.AspNetCore.Identity;
using VenueBooking.Accounts;

namespace VenueBooking.Tests;

public sealed partial class Make
{
    /// <summary>Every made account's password.</summary>
    public const string Password = "Right-Horse-42";

    // Hashing is slow on purpose: once is enough for all.
    static readonly string PasswordHash = new PasswordHasher<AppUser>().HashPassword(new(), Password);

    /// <summary>An account with a confirmed address and no membership.</summary>
    public async Task<AppUser> User(string? name = null, string? email = null, string language = "zh-CN", bool confirmed = true, bool demo = false, params string[] roles)
    {
        var address = email ?? $"user{Next()}@test.example";
        var user = await Save(new AppUser
        {
            UserName = address,
            NormalizedUserName = address.ToUpperInvariant(),
            Email = address,
            NormalizedEmail = address.ToUpperInvariant(),
            EmailConfirmed = confirmed,
            PasswordHash = PasswordHash,
            SecurityStamp = Guid.CreateVersion7().ToString("N"),
            LockoutEnabled = true,
            DisplayName = name ?? $"职工{Next()}",
            Language = language,
            IsDemo = demo,
            CreatedAt = Now,
        });
        await app.Execute(
            "insert into user_roles (user_id, role_id) select $1, id from roles where name = any($2)", user.Id, roles);
        return user;
    }

    /// <summary>A passkey that nobody can use: enough for what hangs on there being one.</summary>
    /// <returns>Its id.</returns>
    public async Task<byte[]> Passkey(AppUser user)
    {
        var id = Guid.CreateVersion7().ToByteArray();
        await Passkey(user, id, [1]);
        return id;
    }

    /// <param name="publicKey">As COSE writes it.</param>
    public async Task Passkey(AppUser user, byte[] id, byte[] publicKey)
    {
        await Save(new IdentityUserPasskey<Guid>
        {
            UserId = user.Id,
            CredentialId = id,
            Data = new() { PublicKey = publicKey, Name = "手机", CreatedAt = Now, AttestationObject = [1], ClientDataJson = [1], IsUserVerified = true },
        });
    }

    public Task<AppUser> Staff(string? name = null) => User(name, roles: Roles.Staff);

    public Task<AppUser> Admin(string? name = null) => User(name, roles: Roles.Admin);
}

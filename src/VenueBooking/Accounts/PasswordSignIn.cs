using Microsoft.AspNetCore.Identity;

namespace VenueBooking.Accounts;

public enum PasswordAnswer { SignedIn, CodeNeeded, NotConfirmed, Wrong }

/// <summary>
/// Sign-in by address and password. A wrong password, an unknown address and a locked account are one answer, given after the
/// same work, so that nobody learns who has an account here.
/// </summary>
public sealed class PasswordSignIn(SignInManager<AppUser> signIn, UserManager<AppUser> users, IPasswordHasher<AppUser> hasher)
{
    static string? nobodysHash;

    public async Task<PasswordAnswer> TryAsync(string address, string password, bool stay)
    {
        var user = await users.FindByEmailAsync(address);
        if (user?.PasswordHash is null || await users.IsLockedOutAsync(user))
            return HashForNothing(password);
        if (!user.EmailConfirmed)
            return await CheckAsync(user, password);
        var result = await signIn.PasswordSignInAsync(user, password, stay, lockoutOnFailure: true);
        return result.Succeeded ? PasswordAnswer.SignedIn : result.RequiresTwoFactor ? PasswordAnswer.CodeNeeded : PasswordAnswer.Wrong;
    }

    /// <summary>Only who knows the password is told that the address still waits to be confirmed.</summary>
    async Task<PasswordAnswer> CheckAsync(AppUser user, string password)
    {
        if (await users.CheckPasswordAsync(user, password))
            return PasswordAnswer.NotConfirmed;
        await users.AccessFailedAsync(user);
        return PasswordAnswer.Wrong;
    }

    PasswordAnswer HashForNothing(string password)
    {
        var nobody = new AppUser();
        hasher.VerifyHashedPassword(nobody, nobodysHash ??= hasher.HashPassword(nobody, "nobody"), password);
        return PasswordAnswer.Wrong;
    }
}

using Microsoft.AspNetCore.Identity;

namespace VenueBooking.Accounts;

public enum PasswordAnswer { SignedIn, CodeNeeded, NotConfirmed, LockedByAdmin, Wrong }

/// <summary>
/// Sign-in by address and password. A wrong password, an unknown address and an account that wrong passwords locked are one answer, given
/// after the same work, so that nobody learns who has an account here, nor goes on guessing. What else keeps somebody out is told
/// to who knows the password.
/// </summary>
public sealed class PasswordSignIn(SignInManager<AppUser> signIn, AppUsers users, IPasswordHasher<AppUser> hasher)
{
    static string? nobodysHash;

    public async Task<PasswordAnswer> TryAsync(string address, string password, bool stay)
    {
        var user = await users.FindByEmailAsync(address);
        if (user?.PasswordHash is null)
            return HashForNothing(password);
        if (await users.IsLockedOutAsync(user))
            return user.IsLockedForGood && await users.MayTryUnderLockAsync(user) ? await CheckUnderLockAsync(user, password) : HashForNothing(password);
        if (!user.EmailConfirmed)
            return await CheckUnconfirmedAsync(user, password);
        var result = await signIn.PasswordSignInAsync(user, password, stay, lockoutOnFailure: true);
        return result.Succeeded ? PasswordAnswer.SignedIn : result.RequiresTwoFactor ? PasswordAnswer.CodeNeeded : PasswordAnswer.Wrong;
    }

    async Task<PasswordAnswer> CheckUnderLockAsync(AppUser user, string password)
    {
        if (!await users.CheckPasswordAsync(user, password))
            return PasswordAnswer.Wrong;
        await users.NotFailedUnderLockAsync(user);
        return PasswordAnswer.LockedByAdmin;
    }

    async Task<PasswordAnswer> CheckUnconfirmedAsync(AppUser user, string password)
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

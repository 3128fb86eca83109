using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Sign-in by passkey. The device asks for PIN, face or fingerprint (we require it), so it counts as two factors.</summary>
public sealed class PasskeySignIn(AppSignIn signIn, AppUsers users)
{
    const int Longest = 100_000;

    static readonly Refusal Wrong = Refusal.Invalid("passkey_wrong", "Credential");

    public Task<string> OptionsAsync() => signIn.MakePasskeyRequestOptionsAsync(null);

    /// <returns>Null when signed in; else why not.</returns>
    public async Task<Refusal?> TryAsync(string? credential, bool stay)
    {
        if (string.IsNullOrEmpty(credential) || credential.Length > Longest)
            return Wrong;
        try
        {
            var proof = await signIn.PerformPasskeyAssertionAsync(credential);
            if (!proof.Succeeded)
                return Wrong;
            // Told as to who knows the password: a passkey proves more.
            if (proof.User.IsLockedForGood)
                return AccountRefusals.LockedByAdmin;
            if (await users.IsLockedOutAsync(proof.User) || !await signIn.CanSignInAsync(proof.User))
                return Wrong;
            // The key's counter goes up with each use: a copied key would show.
            if (!(await users.AddOrUpdatePasskeyAsync(proof.User, proof.Passkey)).Succeeded)
                return Wrong;
            await signIn.SignInProvedAsync(proof.User, stay);
            return null;
        }
        catch (InvalidOperationException)
        {
            // Nothing was begun, or it was begun too long ago.
            return Wrong;
        }
    }
}

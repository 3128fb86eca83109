namespace VenueBooking.Accounts;

/// <summary>Sign-in by passkey. The device asks for PIN, face or fingerprint (we require it), so it counts as two factors.</summary>
public sealed class PasskeySignIn(AppSignIn signIn, AppUsers users)
{
    const int Longest = 100_000;

    public Task<string> OptionsAsync() => signIn.MakePasskeyRequestOptionsAsync(null);

    public async Task<bool> TryAsync(string? credential, bool stay)
    {
        if (string.IsNullOrEmpty(credential) || credential.Length > Longest)
            return false;
        try
        {
            var proof = await signIn.PerformPasskeyAssertionAsync(credential);
            if (!proof.Succeeded || await users.IsLockedOutAsync(proof.User) || !await signIn.CanSignInAsync(proof.User))
                return false;
            // The key's counter goes up with each use: a copied key would show.
            if (!(await users.AddOrUpdatePasskeyAsync(proof.User, proof.Passkey)).Succeeded)
                return false;
            await signIn.SignInProvedAsync(proof.User, stay);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Nothing was begun, or it was begun too long ago.
            return false;
        }
    }
}

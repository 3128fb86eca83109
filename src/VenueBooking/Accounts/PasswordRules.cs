using Microsoft.AspNetCore.Identity;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Long is not enough: what everybody tries first is no secret. The address, what stands before its @, and the passwords most in use.
/// Nor is one taken that is longer than what is proved later.
/// </summary>
sealed class PasswordRules(Texts texts) : IPasswordValidator<AppUser>
{
    /// <summary>Only such as the rules of length and variety would let pass.</summary>
    static readonly HashSet<string> Commonest = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "0987654321", "9876543210", "12345678910", "123456789a", "a123456789", "aa123456789", "abc123456789", "qq123456789",
        "1234554321", "1122334455", "1357924680", "123456123456", "123123123123", "1234567899", "1234512345", "5201314520", "1314520520", "woaini1314",
        "woaini1314520", "woaini5201314", "woaini521", "iloveyou1314", "iloveyou123", "iloveyou520", "qwertyuiop", "qwerty12345", "qwerty123456", "qwertyuiop123",
        "asdfghjkl1", "asdfghjkl123", "zxcvbnm123", "zxcvbnm1234", "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "1qaz2wsx3edc", "1qazxsw23edc", "qazwsxedcrfv",
        "password12", "password123", "password1234", "passw0rd123", "p@ssw0rd123", "p@ssword123", "abcdefghij", "abcd123456", "abcde12345", "a1b2c3d4e5",
        "admin12345", "admin123456", "welcome123", "administrator", "letmein123", "changeme123", "test123456", "user123456", "woshishui123", "nihao123456",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password) =>
        Task.FromResult(
            password?.Length > Credentials.LongestPassword ? Failed("PasswordTooLong", Credentials.LongestPassword)
            : IsOf(user.Email, password) ? Failed("PasswordIsAddress")
            : password is not null && Commonest.Contains(password) ? Failed("PasswordTooCommon")
            : IdentityResult.Success);

    static bool IsOf(string? address, string? password) => address is not null && password is not null
        && (password.Equals(address, StringComparison.OrdinalIgnoreCase) || password.Equals(address.Split('@')[0], StringComparison.OrdinalIgnoreCase));

    IdentityResult Failed(string code, params object[] args) =>
        IdentityResult.Failed(new IdentityError { Code = code, Description = texts["identity_" + code, args] });
}

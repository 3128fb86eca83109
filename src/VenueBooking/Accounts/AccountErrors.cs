using Microsoft.AspNetCore.Identity;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Identity's own refusals in the person's language.</summary>
sealed class AccountErrors(Texts texts) : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Make(nameof(DefaultError));
    public override IdentityError ConcurrencyFailure() => Make(nameof(ConcurrencyFailure));
    public override IdentityError PasswordMismatch() => Make(nameof(PasswordMismatch));
    public override IdentityError InvalidToken() => Make(nameof(InvalidToken));
    public override IdentityError RecoveryCodeRedemptionFailed() => Make(nameof(RecoveryCodeRedemptionFailed));
    public override IdentityError InvalidUserName(string? userName) => Make("InvalidEmail");
    public override IdentityError InvalidEmail(string? email) => Make(nameof(InvalidEmail));
    public override IdentityError DuplicateUserName(string userName) => Make("DuplicateEmail");
    public override IdentityError DuplicateEmail(string email) => Make(nameof(DuplicateEmail));
    public override IdentityError PasswordTooShort(int length) => Make(nameof(PasswordTooShort), length);
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Make(nameof(PasswordRequiresUniqueChars), uniqueChars);

    IdentityError Make(string code, params object[] args) => new() { Code = code, Description = texts["identity_" + code, args] };
}

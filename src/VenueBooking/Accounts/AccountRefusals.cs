using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>Why Accounts says no. Texts in AccountText; what Identity itself finds wrong is in <see cref="AccountErrors"/>.</summary>
static class AccountRefusals
{
    public static readonly Refusal NotYourself = new("not_yourself");
    public static readonly Refusal EmailMissing = Refusal.Invalid("email_missing", "Email");
    public static readonly Refusal EmailInvalid = Refusal.Invalid("email_invalid", "Email");
    public static readonly Refusal EmailNotAscii = Refusal.Invalid("email_not_ascii", "Email");
    public static readonly Refusal EmailSame = Refusal.Invalid("email_same", "Email");
    public static readonly Refusal PasswordMissing = Refusal.Invalid("password_missing", "Password");
    public static readonly Refusal PasswordWrong = Refusal.Invalid("password_wrong", "Password");
    public static readonly Refusal PasswordLocked = Refusal.Invalid("password_locked", "Password");
    /// <summary>Told only to who has the password, the mailbox or a session already: to others a locked account is a wrong password.</summary>
    public static readonly Refusal LockedByAdmin = Refusal.Invalid("locked_by_admin", "Password");
    public static readonly Refusal PasswordSame = Refusal.Invalid("password_same", "Password");
    public static readonly Refusal NameMissing = Refusal.Invalid("name_missing", "DisplayName");
    public static readonly Refusal NameTooLong = Refusal.Invalid("name_too_long", "DisplayName", PersonNames.Longest);
    public static readonly Refusal CodeWrong = Refusal.Invalid("code_wrong", "Code");
    public static readonly Refusal SecondFactorUnproved = new("second_factor_unproved", null, StatusCodes.Status403Forbidden);
    /// <summary>To a program, whose sign-in asks for no passkey: what it lacks is had on the pages alone.</summary>
    public static readonly Refusal PasskeyNeeded = new("passkey_needed", null, StatusCodes.Status403Forbidden);
}

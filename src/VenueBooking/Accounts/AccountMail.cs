using Microsoft.AspNetCore.Identity;
using VenueBooking.Data;
using VenueBooking.Notices;

namespace VenueBooking.Accounts;

/// <summary>
/// What accounts write to people, put into the outbox of the caller's unit of work. No link or code is stored: the template makes
/// a fresh one when the mail goes out, so that the database holds nothing one could sign in with.
/// </summary>
public sealed class AccountMail(Outbox outbox)
{
    public const string ConfirmKind = "account_confirm", ExistsKind = "account_exists", ResetKind = "account_reset",
        NewAddressKind = "account_email_change", AddressChangedKind = "account_email_changed",
        PasswordChangedKind = "account_password_changed", DeletedKind = "account_deleted", SecurityKind = "account_security";

    public void Confirm(AppUser user, string? returnUrl = null) => Add(ConfirmKind, user, new { returnUrl });

    /// <summary>Somebody registers an address that has an account: its owner is told, the other learns nothing.</summary>
    public void Exists(AppUser user) => Add(ExistsKind, user);

    public void Reset(AppUser user) => Add(ResetKind, user);

    /// <summary>To the new address: it takes effect when confirmed from there.</summary>
    public void ConfirmNewAddress(AppUser user, string address) =>
        outbox.AddTo(address, NewAddressKind, Key(user), user.Id, new { address });

    /// <summary>To the old address: in case it was not the owner who changed it.</summary>
    public void AddressChanged(AppUser user, string oldAddress) => outbox.AddTo(oldAddress, AddressChangedKind, Key(user), user.Id);

    public void PasswordChanged(AppUser user) => Add(PasswordChangedKind, user);

    /// <param name="what">passkey_added, passkey_removed, two_factor_on, two_factor_off: the template has words for each.</param>
    public void Security(AppUser user, string what) => Add(SecurityKind, user, new { what });

    public void Deleted(AppUser user, string address) =>
        outbox.AddTo(address, DeletedKind, Key(user), null, new { user.Language });

    void Add(string kind, AppUser user, object? payload = null) => outbox.Add(kind, Key(user), user.Id, user.Id, payload);

    /// <summary>Each asking is a mail of its own.</summary>
    static string Key(AppUser user) => $"{user.Id:N}-{Guid.CreateVersion7():N}";
}

/// <summary>
/// The mails that Identity's own API asks for: the same as the pages', with links to the pages. The API keeps one sender for good,
/// so each mail is a unit of work of its own.
/// </summary>
sealed class ApiAccountMail(IServiceScopeFactory scopes) : IEmailSender<AppUser>
{
    public Task SendConfirmationLinkAsync(AppUser user, string email, string confirmationLink) => SaveAsync(mail =>
    {
        if (string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase))
            mail.Confirm(user);
        else
            mail.ConfirmNewAddress(user, email);
    });

    public Task SendPasswordResetLinkAsync(AppUser user, string email, string resetLink) => SaveAsync(mail => mail.Reset(user));

    public Task SendPasswordResetCodeAsync(AppUser user, string email, string resetCode) => SaveAsync(mail => mail.Reset(user));

    async Task SaveAsync(Action<AccountMail> write)
    {
        await using var scope = scopes.CreateAsyncScope();
        write(scope.ServiceProvider.GetRequiredService<AccountMail>());
        await scope.ServiceProvider.GetRequiredService<AppDb>().SaveChangesAsync();
    }
}

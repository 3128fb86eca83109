using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using VenueBooking.Notices;

namespace VenueBooking.Accounts;

/// <summary>
/// What accounts write to people. Mails that anybody can ask for go into the outbox sparingly and at once (the methods that end in
/// Async), the others with the caller's SaveChanges. No link or code is stored: the template makes a fresh one when the mail goes
/// out, so that the database holds nothing one could sign in with.
/// </summary>
public sealed class AccountMail(Outbox outbox)
{
    public const string ConfirmKind = "account_confirm", ExistsKind = "account_exists", ResetKind = "account_reset",
        NewAddressKind = "account_email_change", AddressChangedKind = "account_email_changed",
        PasswordChangedKind = "account_password_changed", DeletedKind = "account_deleted", SecurityKind = "account_security";

    /// <returns>Whether it will go, or this address has had its share for the hour.</returns>
    public Task<bool> ConfirmAsync(AppUser user, string? returnUrl, CancellationToken ct) => AddSparinglyAsync(ConfirmKind, user, new { returnUrl }, ct);

    /// <summary>Somebody registers an address that has an account: its owner is told, the other learns nothing.</summary>
    public Task ExistsAsync(AppUser user, CancellationToken ct) => AddSparinglyAsync(ExistsKind, user, null, ct);

    public Task ResetAsync(AppUser user, CancellationToken ct) => AddSparinglyAsync(ResetKind, user, null, ct);

    /// <summary>To the new address: it takes effect when confirmed from there.</summary>
    public Task ConfirmNewAddressAsync(AppUser user, string address, CancellationToken ct) =>
        outbox.AddSparinglyAsync(NewAddressKind, Short(address), user.Id, address, new { address }, ct);

    /// <summary>To the old address: in case it was not the owner who changed it.</summary>
    public void AddressChanged(AppUser user, string oldAddress) => outbox.AddTo(oldAddress, AddressChangedKind, Key(user), user.Id);

    public void PasswordChanged(AppUser user) => Add(PasswordChangedKind, user);

    /// <param name="what">passkey_added, passkey_removed, two_factor_on, two_factor_off, reset_two_factor, recovery_codes, recovery_code_used: the template has words for each.</param>
    public void Security(AppUser user, string what) => Add(SecurityKind, user, new { what });

    public void Deleted(AppUser user, string address) =>
        outbox.AddTo(address, DeletedKind, Key(user), null, new { user.Language });

    Task<bool> AddSparinglyAsync(string kind, AppUser user, object? payload, CancellationToken ct) =>
        outbox.AddSparinglyAsync(kind, $"{user.Id:N}", user.Id, null, payload, ct);

    void Add(string kind, AppUser user, object? payload = null) => outbox.Add(kind, Key(user), user.Id, user.Id, payload);

    /// <summary>Each asking is a mail of its own.</summary>
    static string Key(AppUser user) => $"{user.Id:N}-{Guid.CreateVersion7():N}";

    /// <summary>Stands for an address of any length; says nothing about it.</summary>
    static string Short(string address) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToUpperInvariant())).AsSpan(0, 16));
}

/// <summary>The mails that Identity's own API asks for: the same as the pages', with links to the pages. The API keeps one sender for good.</summary>
sealed class ApiAccountMail(IServiceScopeFactory scopes) : IEmailSender<AppUser>
{
    public Task SendConfirmationLinkAsync(AppUser user, string email, string confirmationLink) =>
        WriteAsync(mail => mail.ConfirmAsync(user, null, CancellationToken.None));

    public Task SendPasswordResetLinkAsync(AppUser user, string email, string resetLink) =>
        WriteAsync(mail => mail.ResetAsync(user, CancellationToken.None));

    public Task SendPasswordResetCodeAsync(AppUser user, string email, string resetCode) =>
        WriteAsync(mail => mail.ResetAsync(user, CancellationToken.None));

    async Task WriteAsync(Func<AccountMail, Task> write)
    {
        await using var scope = scopes.CreateAsyncScope();
        await write(scope.ServiceProvider.GetRequiredService<AccountMail>());
    }
}

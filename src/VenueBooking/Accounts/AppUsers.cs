using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VenueBooking.Data;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

/// <summary>
/// Identity's user manager, with the races left to the database: two registrations of one address, and many wrong passwords at
/// once (Identity counts them by read-then-write, so that parallel guesses would count as one).
/// </summary>
public sealed class AppUsers(
    IUserStore<AppUser> store, IOptions<IdentityOptions> options, IPasswordHasher<AppUser> hasher,
    IEnumerable<IUserValidator<AppUser>> userRules, IEnumerable<IPasswordValidator<AppUser>> passwordRules, ILookupNormalizer normalizer,
    IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<AppUser>> log)
    : UserManager<AppUser>(store, options, hasher, userRules, passwordRules, normalizer, errors, services, log)
{
    readonly AppDb db = services.GetRequiredService<AppDb>();
    readonly TimeProvider clock = services.GetRequiredService<TimeProvider>();
    readonly AccountMail mail = services.GetRequiredService<AccountMail>();
    readonly Func<IMemberships> memberships = services.GetRequiredService<IMemberships>;

    /// <summary>An account that comes by the API knows only its address: it gets what every account must have.</summary>
    public override async Task<IdentityResult> CreateAsync(AppUser user)
    {
        if (user.DisplayName.Length == 0)
        {
            user.DisplayName = NameOf(user.Email ?? "");
            user.Language = Languages.Current;
        }
        user.CreatedAt = clock.GetUtcNow();
        var worker = db.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = Roles.WorkerId });
        try
        {
            var result = await base.CreateAsync(user);
            if (!result.Succeeded)
                worker.State = EntityState.Detached;
            return result;
        }
        catch (DbUpdateException e) when (e.BrokenConstraint() is "users_normalized_email_key" or "users_normalized_user_name_key")
        {
            db.ChangeTracker.Clear();
            return IdentityResult.Failed(ErrorDescriber.DuplicateEmail(user.Email ?? ""));
        }
    }

    /// <summary>Registered once more, with a new stamp: a link mailed for the first time would confirm what its reader may not have asked for.</summary>
    public Task<IdentityResult> RegisterAnewAsync(AppUser user, string name, string language, string passwordHash)
    {
        user.RegisterAnew(name, language, passwordHash, clock.GetUtcNow());
        return UpdateSecurityStampAsync(user);
    }

    public override async Task<IdentityResult> AccessFailedAsync(AppUser user)
    {
        var now = clock.GetUtcNow();
        var (most, until) = (Options.Lockout.MaxFailedAccessAttempts, now + Options.Lockout.DefaultLockoutTimeSpan);
        // Who is locked stays so until then: an administrator's lock has no end that a wrong code could bring nearer.
        await db.Set<AppUser>().Where(u => u.Id == user.Id && (u.LockoutEnd == null || u.LockoutEnd <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.LockoutEnd, u => u.AccessFailedCount + 1 >= most ? until : u.LockoutEnd)
            .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1 >= most ? 0 : u.AccessFailedCount + 1)
            .SetProperty(u => u.LastFailedAt, now));
        await db.Entry(user).ReloadAsync();
        return IdentityResult.Success;
    }

    /// <summary>
    /// Under an administrator's lock, which no wrong password ends or begins, as many are looked at as would lock an account; then none
    /// is told to be right for as long as that lock would last. Each counts before it is looked at, so that many at once are no more than
    /// one after the other.
    /// </summary>
    public async Task<bool> MayTryUnderLockAsync(AppUser user)
    {
        var now = clock.GetUtcNow();
        var (most, lapsed) = (Options.Lockout.MaxFailedAccessAttempts, now - Options.Lockout.DefaultLockoutTimeSpan);
        return await db.Set<AppUser>().Where(u => u.Id == user.Id && (u.AccessFailedCount < most || u.LastFailedAt == null || u.LastFailedAt <= lapsed))
            .ExecuteUpdateAsync(set => set
                .SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount < most ? u.AccessFailedCount + 1 : 1)
                .SetProperty(u => u.LastFailedAt, now)) > 0;
    }

    /// <summary>What was right does not count.</summary>
    public Task NotFailedUnderLockAsync(AppUser user) => db.Set<AppUser>().Where(u => u.Id == user.Id && u.AccessFailedCount > 0)
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount - 1));

    /// <summary>
    /// A code of the authenticator signs in once (RFC 6238, 5.2): who saw it typed cannot use it again. The database decides between
    /// two at once. Beside the entity, whose writing as a whole would put the old step back.
    /// </summary>
    public override async Task<bool> VerifyTwoFactorTokenAsync(AppUser user, string tokenProvider, string token)
    {
        if (!await base.VerifyTwoFactorTokenAsync(user, tokenProvider, token))
            return false;
        if (tokenProvider != Options.Tokens.AuthenticatorTokenProvider)
            return true;
        var step = Totp.StepOf(await GetAuthenticatorKeyAsync(user) ?? "", token, TimeProvider.System.GetUtcNow());
        // While it is being set up, the key is new: what an earlier one has used says nothing.
        var isFirst = !user.TwoFactorEnabled;
        return step is { } used && await db.Database.ExecuteSqlAsync($"""
            update users set last_totp_step = {used}
            where id = {user.Id} and ({isFirst} or last_totp_step is null or last_totp_step < {used})
            """) > 0;
    }

    /// <summary>Whether this is a code of the mail that confirms their address.</summary>
    public Task<bool> IsConfirmationAsync(AppUser user, string token) =>
        VerifyUserTokenAsync(user, Options.Tokens.EmailConfirmationTokenProvider, ConfirmEmailTokenPurpose, token);

    /// <summary>Whether this is a code of the mail that changes their address to this one.</summary>
    public Task<bool> IsChangeOfAddressAsync(AppUser user, string address, string token) =>
        VerifyUserTokenAsync(user, Options.Tokens.ChangeEmailTokenProvider, GetChangeEmailTokenPurpose(address), token);

    /// <summary>Only a confirmed address makes a request for membership count: a roster may have been waiting for it. Both or neither.</summary>
    public override async Task<IdentityResult> ConfirmEmailAsync(AppUser user, string token)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken);
        // One after the other, so that the second tap on the link is as good as the first.
        await db.Database.ExecuteSqlAsync($"select 1 from users where id = {user.Id} for update", CancellationToken);
        await db.Entry(user).ReloadAsync(CancellationToken);
        var result = await base.ConfirmEmailAsync(user, token);
        if (!result.Succeeded)
            return result;
        await memberships().AddressConfirmedAsync(user.Id, CancellationToken);
        await transaction.CommitAsync(CancellationToken);
        return result;
    }

    public override Task<IdentityResult> ChangePasswordAsync(AppUser user, string currentPassword, string newPassword) =>
        WithMailAsync(user, () => base.ChangePasswordAsync(user, currentPassword, newPassword));

    /// <summary>
    /// Whoever reads the owner's mail is the owner: confirms the address where nobody had yet, and lifts the lock that wrong passwords
    /// brought, though not an administrator's.
    /// </summary>
    public override async Task<IdentityResult> ResetPasswordAsync(AppUser user, string token, string newPassword)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken);
        var isNew = !user.EmailConfirmed;
        var result = await WithMailAsync(user, () =>
        {
            (user.EmailConfirmed, user.AccessFailedCount, user.LockoutEnd) = (true, 0, user.IsLockedForGood ? user.LockoutEnd : null);
            return base.ResetPasswordAsync(user, token, newPassword);
        });
        if (!result.Succeeded)
            return result;
        if (isNew)
            await memberships().AddressConfirmedAsync(user.Id, CancellationToken);
        await transaction.CommitAsync(CancellationToken);
        return result;
    }

    /// <summary>A password that is not as it was is told to the owner, whichever way it was changed.</summary>
    async Task<IdentityResult> WithMailAsync(AppUser user, Func<Task<IdentityResult>> change)
    {
        mail.PasswordChanged(user);
        var result = await change();
        if (!result.Succeeded)
            db.ChangeTracker.Clear();
        return result;
    }

    // Identity asks the machine's clock; here there is one clock for all.
    public override Task<bool> IsLockedOutAsync(AppUser user) =>
        Task.FromResult(user.LockoutEnabled && user.LockoutEnd > clock.GetUtcNow());

    /// <summary>Identity's API passes on what stood in the address: what is no id is nobody's.</summary>
    public override Task<AppUser?> FindByIdAsync(string userId) =>
        Guid.TryParse(userId, out _) ? base.FindByIdAsync(userId) : Task.FromResult<AppUser?>(null);

    /// <summary>Keeps a first authenticator key; unlike a reset it ends no session, because nothing depends on it yet.</summary>
    public async Task<IdentityResult> KeepAuthenticatorKeyAsync(AppUser user, string key)
    {
        await ((IUserAuthenticatorKeyStore<AppUser>)Store).SetAuthenticatorKeyAsync(user, key, CancellationToken);
        return await UpdateAsync(user);
    }

    /// <summary>Asks for the password again before something that cannot be taken back. Wrong ones count towards the lockout.</summary>
    public async Task<Refusal?> ProvePasswordAsync(AppUser user, string? password)
    {
        if (await IsLockedOutAsync(user))
            return user.IsLockedForGood ? AccountRefusals.LockedByAdmin : AccountRefusals.PasswordLocked;
        if (string.IsNullOrEmpty(password))
            return AccountRefusals.PasswordMissing;
        if (password.Length > Credentials.LongestPassword)
            return AccountRefusals.PasswordWrong;
        if (await CheckPasswordAsync(user, password))
            return null;
        await AccessFailedAsync(user);
        return AccountRefusals.PasswordWrong;
    }

    /// <summary>Used by somebody who may not have it by right: the owner is told.</summary>
    public override async Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(AppUser user, string code)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await base.RedeemTwoFactorRecoveryCodeAsync(user, code);
        if (!result.Succeeded)
            return result;
        mail.Security(user, "recovery_code_used");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return result;
    }

    /// <summary>What to call somebody who has said nothing but an address.</summary>
    public static string NameOf(string address) => PersonNames.Clean(address.Split('@')[0]) switch
    {
        { Length: 0 } => "?",
        { Length: > PersonNames.Longest } name => name[..PersonNames.Longest],
        var name => name,
    };
}

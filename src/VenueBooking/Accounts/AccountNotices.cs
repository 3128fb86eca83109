using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using VenueBooking.Notices;
using VenueBooking.Web;

namespace VenueBooking.Accounts;

static class AccountNotices
{
    public static IServiceCollection AddAccountNotices(this IServiceCollection services) => services
        .AddScoped<INoticeTemplate, ConfirmNotice>().AddScoped<INoticeTemplate, ResetNotice>()
        .AddScoped<INoticeTemplate, NewAddressNotice>().AddScoped<INoticeTemplate, SecurityNotice>()
        .AddPlainNotices(
            new(AccountMail.ExistsKind, "mail_exists", More: "mail_exists_not_you", Button: "sign_in", Page: "/Accounts/Login"),
            new(AccountMail.AddressChangedKind, "mail_address_changed", More: "mail_not_you_staff"),
            new(AccountMail.PasswordChangedKind, "mail_password_changed", More: "mail_password_changed_not_you", Button: "mail_reset_action", Page: "/Accounts/Forgot"),
            new(AccountMail.DeletedKind, "mail_deleted"));

    /// <summary>The account a notice is about; null once it is gone.</summary>
    public static async Task<AppUser?> UserOf(this UserManager<AppUser> users, Notice notice) =>
        notice.RecipientId is { } id && await users.FindByIdAsync(id.ToString()) is { DeletedAt: null } user ? user : null;
}

sealed class ConfirmNotice(UserManager<AppUser> users, SiteAddress site, IStringLocalizer<AccountText> texts) : INoticeTemplate
{
    public string Kind => AccountMail.ConfirmKind;

    public async Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct)
    {
        if (await users.UserOf(notice) is not { EmailConfirmed: false } user)
            return null;
        var code = Codes.Write(await users.GenerateEmailConfirmationTokenAsync(user));
        var url = site.Page("/Accounts/Confirm", new { userId = user.Id, code, returnUrl = notice.Text("returnUrl") });
        return new(texts["mail_confirm_subject"], [texts["mail_confirm_body"], texts["mail_confirm_not_you"]], new(texts["mail_confirm_action"], url));
    }
}

sealed class ResetNotice(UserManager<AppUser> users, SiteAddress site, IStringLocalizer<AccountText> texts) : INoticeTemplate
{
    public string Kind => AccountMail.ResetKind;

    public async Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct)
    {
        if (await users.UserOf(notice) is not { } user)
            return null;
        var code = Codes.Write(await users.GeneratePasswordResetTokenAsync(user));
        var url = site.Page("/Accounts/Reset", new { userId = user.Id, code });
        return new(texts["mail_reset_subject"], [texts["mail_reset_body"], texts["mail_reset_not_you"]], new(texts["mail_reset_action"], url));
    }
}

sealed class NewAddressNotice(UserManager<AppUser> users, SiteAddress site, IStringLocalizer<AccountText> texts) : INoticeTemplate
{
    public string Kind => AccountMail.NewAddressKind;

    public async Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct)
    {
        if (await users.UserOf(notice) is not { } user || notice.Text("address") is not { } address)
            return null;
        var code = Codes.Write(await users.GenerateChangeEmailTokenAsync(user, address));
        var url = site.Page("/Accounts/ConfirmNewEmail", new { userId = user.Id, address, code });
        return new(texts["mail_new_address_subject"], [texts["mail_new_address_body", address], texts["mail_confirm_not_you"]],
            new(texts["mail_new_address_action"], url));
    }
}

sealed class SecurityNotice(SiteAddress site, IStringLocalizer<AccountText> texts) : INoticeTemplate
{
    public string Kind => AccountMail.SecurityKind;

    public Task<NoticeContent?> RenderAsync(Notice notice, CancellationToken ct) => Task.FromResult<NoticeContent?>(new(
        texts["mail_security_subject"], [texts["mail_security_" + notice.Text("what")], texts["mail_password_changed_not_you"]],
        new(texts["security_title"], site.Page("/Accounts/Security"))));
}

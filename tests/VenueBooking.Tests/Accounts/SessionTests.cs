using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using VenueBooking.Accounts;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

/// <summary>What ends a session ends it at once: no clock moves in these tests.</summary>
public sealed class SessionTests(AppLease lease) : AppTest(lease)
{
    const string NewPassword = "Another-Horse-43";

    [Fact]
    public async Task A_new_password_signs_other_browsers_and_programs_out_before_it_is_answered()
    {
        var user = await Make.Worker();
        var (here, elsewhere, program) = (await App.SignedInAs(user), await App.SignedInAs(user), await App.ApiAs(user));
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/bookings")).Status);

        var changed = await (await here.Get("/account/password")).Submit(("当前密码", Make.Password), ("新密码", NewPassword));

        Assert.Equal("/account/security", changed.Path);
        Assert.StartsWith("/account/login", (await elsewhere.Get("/account")).Path, StringComparison.Ordinal);
        var refused = await program.Get("/api/v1/bookings");
        Assert.Equal((HttpStatusCode.Unauthorized, "sign_in_required"), (refused.Status, refused.Code));
        Assert.Equal("/account", (await here.Get("/account")).Path);
    }

    [Fact]
    public async Task A_signed_out_browser_signs_in_again_with_the_new_password()
    {
        var user = await Make.Worker();
        var (here, elsewhere) = (await App.SignedInAs(user), await App.SignedInAs(user));
        await (await here.Get("/account/password")).Submit(("当前密码", Make.Password), ("新密码", NewPassword));
        var page = await (await elsewhere.Get("/account")).Press("登录", ("邮箱", user.Email!), ("密码", NewPassword));
        Assert.Equal("/account", page.Path);
    }

    [Fact]
    public async Task A_password_set_anew_by_mail_ends_every_session()
    {
        var user = await Make.Worker();
        var (elsewhere, program, visitor) = (await App.SignedInAs(user), await App.ApiAs(user), App.Visitor());
        await (await visitor.Get("/account/forgot")).Submit(("邮箱", user.Email!));
        await (await visitor.Get(await App.MailedLinkAsync("account_reset"))).Submit(("新密码", NewPassword));
        await AssertEndedAsync(elsewhere, program);
    }

    [Fact]
    public async Task A_password_changed_by_the_api_ends_the_sessions_of_browsers_too()
    {
        var user = await Make.Worker();
        var (elsewhere, program) = (await App.SignedInAs(user), await App.ApiAs(user));
        var changed = await program.Post("/api/v1/auth/manage/info", new { oldPassword = Make.Password, newPassword = NewPassword });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        await AssertEndedAsync(elsewhere, program);
    }

    [Fact]
    public async Task A_lock_the_loss_of_a_role_and_a_reset_second_factor_end_sessions_and_tokens()
    {
        var admin = await App.SignedInAs(await Make.Admin());
        foreach (var words in new[] { "锁定 {0} 的账户", "保存", "重置 {0} 的两步验证" })
        {
            var staff = await Make.Staff();
            var button = string.Format(System.Globalization.CultureInfo.InvariantCulture, words, staff.DisplayName);
            var (theirs, program) = (await App.SignedInAs(staff), await App.ApiAs(staff));
            var page = await admin.Get($"/admin/users/{staff.Id}");
            if (button == "保存")
                await page.Press(button, ("区总工会工作人员", "false"));
            else
                await page.Press(button);
            await AssertEndedAsync(theirs, program);
        }
    }

    [Fact]
    public async Task A_deleted_accounts_token_is_worth_nothing()
    {
        var user = await Make.Worker();
        var (here, elsewhere, program) = (await App.SignedInAs(user), await App.SignedInAs(user), await App.ApiAs(user));
        await (await here.Get("/account/delete")).Submit(("当前密码", Make.Password));
        await AssertEndedAsync(elsewhere, program);
    }

    [Fact]
    public async Task A_refused_change_ends_nothing()
    {
        var user = await Make.Worker();
        var (here, program) = (await App.SignedInAs(user), await App.ApiAs(user));
        await (await here.Get("/account/password")).Submit(("当前密码", Make.Password), ("新密码", "short"));
        Assert.Equal("/account", (await here.Get("/account")).Path);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/bookings")).Status);
    }

    [Fact]
    public async Task Another_instance_of_the_service_hears_of_it_and_one_that_starts_later_knows()
    {
        var user = await Make.Worker();
        await using var running = await App.StartBesideAsync();
        var (elsewhere, program) = (await running.SignedInAs(user), await running.ApiAs(user));
        Assert.Equal("/account", (await elsewhere.Get("/account")).Path);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/bookings")).Status);

        await (await (await App.SignedInAs(user)).Get("/account/password")).Submit(("当前密码", Make.Password), ("新密码", NewPassword));

        for (var tries = 0; tries < 100 && (await program.Get("/api/v1/bookings")).Status == HttpStatusCode.OK; tries++)
            await Task.Delay(50);
        await AssertEndedAsync(elsewhere, program);
        await using var later = await App.StartBesideAsync();
        await AssertEndedAsync(await later.SignedInAs(user), await later.ApiAs(user));
    }

    [Fact]
    public async Task Who_comes_with_a_newer_stamp_than_an_instance_has_heard_of_is_let_in_there()
    {
        var user = await Make.Worker();
        var there = App.Services.GetRequiredService<NpgsqlDataSource>();
        using var sessions = new EndedSessions(there, Options.Create(new IdentityOptions()));
        await App.Execute("update users set security_stamp = 'first' where id = $1", user.Id);
        await sessions.LearnAsync();
        await App.Execute("update users set security_stamp = 'second' where id = $1", user.Id);
        await Task.Delay(250);

        Assert.False(await sessions.HoldsAsync(With(user, "second"), default));
        Assert.True(await sessions.HoldsAsync(With(user, "first"), default));
    }

    static ClaimsPrincipal With(AppUser user, string stamp)
    {
        var names = new ClaimsIdentityOptions();
        return new(new ClaimsIdentity([new(names.UserIdClaimType, $"{user.Id}"), new(names.SecurityStampClaimType, stamp)]));
    }

    static async Task AssertEndedAsync(Visitor browser, ApiClient program)
    {
        Assert.StartsWith("/account/login", (await browser.Get("/account")).Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/auth/manage/info")).Status);
    }
}

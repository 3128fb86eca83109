using System.Net;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Accounts;

public sealed class PasskeySignInTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task A_passkey_signs_in_and_under_an_administrators_lock_hears_of_it_and_whom_to_ask()
    {
        var user = await Make.Worker();
        using var passkey = await SoftPasskey.MakeAsync(App, user);
        var welcome = App.Visitor();
        await passkey.SignInAsync(welcome);
        Assert.Equal("/account", (await welcome.Get("/account")).Path);

        await App.Execute("update users set lockout_end = 'infinity' where id = $1", user.Id);
        var visitor = App.Visitor();
        var told = await passkey.SignInAsync(visitor);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.Status);
        Assert.Contains("管理员锁定了这个账户", told.Text, StringComparison.Ordinal);
        Assert.Contains("请联系区总工会工作人员", told.Text, StringComparison.Ordinal);
        Assert.StartsWith("/account/login", (await visitor.Get("/account")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_the_passkey_without_its_key_hears_nothing_of_the_lock()
    {
        var user = await Make.Worker();
        using var passkey = await SoftPasskey.MakeAsync(App, user);
        await App.Execute("update users set lockout_end = 'infinity' where id = $1", user.Id);
        await App.Execute("update user_passkeys set data = jsonb_set(data, '{PublicKey}', '\"AQ==\"') where user_id = $1", user.Id);

        var refused = await passkey.SignInAsync(App.Visitor());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.DoesNotContain("管理员", refused.Text, StringComparison.Ordinal);
    }
}

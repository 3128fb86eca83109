using Microsoft.Playwright;

namespace VenueBooking.Browser;

/// <summary>Passkeys with Chromium's own virtual authenticator: the real ceremony, without the finger.</summary>
public sealed class PasskeyTests(Browser browser) : BrowserTest(browser)
{
    [Fact]
    public async Task A_worker_adds_a_passkey_and_signs_in_with_it_in_one_touch()
    {
        var page = await Open("/account/passkeys", signedInAs: await Make.Worker());
        await PlugInAuthenticator(page);
        await page.GetByLabel("名称").FillAsync("我的手机");
        await page.GetByRole(AriaRole.Button, new() { Name = "添加通行密钥" }).ClickAsync();
        await Assertions.Expect(page.GetByText("通行密钥已添加")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "我的手机" })).ToBeVisibleAsync();

        await page.GotoAsync("/account/logout");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await page.GotoAsync("/account/login?returnUrl=%2Faccount%2Fsecurity");
        await page.WaitForURLAsync("**/account/security");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("登录与安全");
    }

    [Fact]
    public async Task A_passkey_is_enough_for_staff()
    {
        var page = await Open("/account/login?returnUrl=%2Fadmin%2Fusers");
        await PlugInAuthenticator(page);
        var admin = await Make.Admin();
        await page.GetByLabel("邮箱").FillAsync(admin.Email!);
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(Tests.Make.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/account/two-factor**");
        await page.GetByRole(AriaRole.Link, new() { Name = "也可以改用通行密钥" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "添加通行密钥" }).ClickAsync();
        await Assertions.Expect(page.GetByText("通行密钥已添加")).ToBeVisibleAsync();

        await page.GotoAsync("/admin/users");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("账户管理");
    }

    static async Task PlugInAuthenticator(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}

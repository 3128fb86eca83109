using VenueBooking.Accounts;

namespace VenueBooking.Tests.Shared;

public sealed class NavTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task The_steps_from_finding_to_booking_belong_to_finding_wherever_they_lie()
    {
        var slot = await Make.Slot();
        var worker = await App.SignedInAs(await Make.Worker());
        foreach (var path in (string[])["/find", $"/venues/{slot.VenueId}/slots", $"/slots/{slot.Id}/book"])
        {
            var page = await worker.Get(path);
            Assert.Equal("/find", page.One(".nav [aria-current]").GetAttribute("href"));
            Assert.Equal("/find", page.One(".tabbar [aria-current]").GetAttribute("href"));
        }
        Assert.Equal("/venues", (await worker.Get($"/venues/{slot.VenueId}")).One(".nav [aria-current]").GetAttribute("href"));
    }

    [Theory]
    [InlineData("/account", "/account"), InlineData("/account/membership", "/account/membership"), InlineData("/account/email", "/account"), InlineData("/settings", "/settings")]
    public async Task On_a_page_of_ones_own_the_account_menu_is_the_current_place(string path, string entry)
    {
        var page = await (await App.SignedInAs(await Make.Worker())).Get(path);
        Assert.Equal("true", page.One("header summary").GetAttribute("aria-current"));
        Assert.Equal(entry, page.One(".menu-list [aria-current]").GetAttribute("href"));
    }

    [Theory]
    [InlineData(Roles.Staff, "/staff/agreements"), InlineData(Roles.Admin, "/staff/agreements"), InlineData(Roles.UnionOfficer, "/officer/members"), InlineData(Roles.Desk, "/desk")]
    public async Task The_bare_address_of_staff_leads_to_the_first_page_of_ones_role(string role, string page) =>
        Assert.Equal(page, (await (await App.SignedInAs(await Make.User(roles: role))).Get("/staff")).Path);

    [Fact]
    public async Task Elsewhere_it_is_not()
    {
        var page = await (await App.SignedInAs(await Make.Worker())).Get("/find");
        Assert.False(page.One("header summary").HasAttribute("aria-current"));
    }
}

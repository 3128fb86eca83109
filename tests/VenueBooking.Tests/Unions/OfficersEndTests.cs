using System.Text;
using VenueBooking.Accounts;
using VenueBooking.Tests.Accounts;
using VenueBooking.Tests.Support;
using VenueBooking.Unions;

namespace VenueBooking.Tests.Unions;

/// <summary>What an officer ended, no roster brings back, whatever becomes of the account and whichever card is given next.</summary>
public sealed class OfficersEndTests(AppLease lease) : AppTest(lease)
{
    const string Name = "张三", Card = "AB-0001", Other = "AB-0002";

    [Fact]
    public async Task Who_deletes_the_account_and_registers_again_with_the_card_waits_for_an_officer()
    {
        var (union, officer, user) = await EndedAsync();
        await (await (await App.SignedInAs(user)).Get("/account/delete")).Submit(("当前密码", Make.Password));
        await (await App.ApiAs(null)).Post("/api/v1/auth/register", new { email = "again@test.example", password = Make.Password, name = Name, cardNumber = Card });
        await App.ConfirmByMailAsync();
        Assert.Equal("unverified", await App.Scalar<string>("select state from memberships where card_number = $1", Card));

        // Nor by a roster that leaves the card out and one that has it again.
        await ImportAsync(officer, union, $"卡号,姓名\n{Other},李四\n", complete: true);
        await ImportAsync(officer, union, $"卡号,姓名\n{Card},{Name}\n{Other},李四\n");
        Assert.Equal("unverified", await App.Scalar<string>("select state from memberships where card_number = $1", Card));

        var page = await officer.Get($"/officer/members/{await App.Scalar<Guid>("select user_id from memberships where card_number = $1", Card)}");
        Assert.Contains("曾由工会干部终止", page.Text, StringComparison.Ordinal);
        await page.Press("认证", ("工会", union.Name));
        Assert.Equal("verified", await App.Scalar<string>("select state from memberships where card_number = $1", Card));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from roster_entries where needs_officer"));
    }

    [Fact]
    public async Task A_card_that_no_roster_ever_had_waits_for_an_officer_too_once_a_roster_has_it()
    {
        var union = await App.Make.GrassrootsUnion();
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        var user = await App.Make.UnverifiedWorker(union, Name, Card);
        await (await officer.Get($"/officer/members/{user.Id}")).Press("认证", ("工会", union.Name));
        await (await officer.Get($"/officer/members/{user.Id}")).Press($"终止 {Name} 的会员资格");
        await (await (await App.SignedInAs(user)).Get("/account/delete")).Submit(("当前密码", Make.Password));
        var again = await App.Make.UnverifiedWorker(union, Name, Card);

        await ImportAsync(officer, union, $"卡号,姓名\n{Card},{Name}\n");

        Assert.Equal("unverified", await StateOf(again));
        var page = await officer.Get($"/officer/members/{again.Id}");
        Assert.Contains("曾由工会干部终止", page.Text, StringComparison.Ordinal);
        await page.Press("认证", ("工会", union.Name));
        Assert.Equal(("verified", 0), (await StateOf(again), await App.Scalar<long>("select count(*) from roster_entries where needs_officer")));
    }

    [Fact]
    public async Task Who_asks_next_with_another_card_frees_neither_for_a_second_account()
    {
        var (union, officer, user) = await EndedAsync();
        await App.Make.RosterEntry(union, Name, Other);
        await AskAsync(user, Other);
        Assert.Equal("unverified", await StateOf(user));

        var second = await App.Make.User(Name);
        await AskAsync(second, Card);
        Assert.Equal("unverified", await StateOf(second));
        await ImportAsync(officer, union, $"卡号,姓名\n{Card},{Name}\n{Other},{Name}\nAB-0003,王五\n");
        Assert.Equal(("unverified", "unverified"), (await StateOf(user), await StateOf(second)));
    }

    [Fact]
    public async Task Who_was_ended_and_gives_anothers_card_does_not_hold_it_against_its_owner()
    {
        var (union, _, user) = await EndedAsync();
        await App.Make.RosterEntry(union, "李四", Other);
        await AskAsync(user, Other, union);
        var owner = await App.Make.User("李四");
        await AskAsync(owner, Other);
        Assert.Equal("verified", await StateOf(owner));
    }

    async Task<(Union Union, Visitor Officer, AppUser User)> EndedAsync()
    {
        var union = await App.Make.GrassrootsUnion();
        await App.Make.RosterEntry(union, Name, Card);
        var user = await App.Make.User(Name);
        await AskAsync(user, Card);
        Assert.Equal("verified", await StateOf(user));
        var officer = await App.SignedInAs(await App.Make.Officer(union));
        await (await officer.Get($"/officer/members/{user.Id}")).Press($"终止 {Name} 的会员资格");
        Clock.Advance(TimeSpan.FromMinutes(1));
        return (union, officer, user);
    }

    async Task AskAsync(AppUser user, string card, Union? union = null)
    {
        var form = await (await App.SignedInAs(user)).Get("/account/membership");
        await (union is null ? form.Submit(("姓名", user.DisplayName), ("会员卡号", card)) : form.Submit(("姓名", user.DisplayName), ("会员卡号", card), ("工会", union.Name)));
    }

    static async Task ImportAsync(Visitor officer, Union union, string csv, bool complete = false) =>
        await (await (await officer.Get("/officer/roster")).Press("预览", ("工会", union.Name),
            ("名册文件", new Upload("roster.csv", Encoding.UTF8.GetBytes(csv), "text/csv")), ("这是完整名册", complete))).Press("确认导入");

    Task<string> StateOf(AppUser user) => App.Scalar<string>("select state from memberships where user_id = $1", user.Id);
}

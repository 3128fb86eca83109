using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VenueBooking.Tests.Support;
using VenueBooking.Unions;

namespace VenueBooking.Tests.Unions;

public sealed class RosterTests(AppLease lease) : AppTest(lease)
{
    static Upload Csv(string text) => new("roster.csv", Encoding.UTF8.GetBytes(text), "text/csv");

    [Fact]
    public async Task A_roster_is_shown_first_and_taken_over_only_when_confirmed()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var shown = await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,张三\nAB-0002,李四\n");
        Assert.Equal("2", Fact(shown, "新增"));
        Assert.Equal(0, await Entries());

        var done = await shown.Press("确认导入");
        Assert.Contains("新增 2", done.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await Entries());
    }

    [Fact]
    public async Task A_title_above_the_columns_is_what_a_refused_roster_is_told_about()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var refused = await PreviewAsync(officer, union, "2026年名册,,,\n卡号,姓名,电话,备注\nAB-0001,张三,,\n");
        Assert.Contains("第一行要是列名，上面不能有标题；文件的第一行是：2026年名册。", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "roster.csv", "空文件"), InlineData("%PDF-1.7\n1 0 obj\n", "roster.xlsx", "不是 Excel 文件"), InlineData("卡号,姓名\nAB-0001,张三\n", "roster.XLSX", "不是 Excel 文件")]
    [InlineData("%PDF-1.7\n1 0 obj\n", "roster.pdf", "不是能读的表格")]
    public async Task What_is_no_roster_is_told_what_it_is(string content, string name, string told)
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var refused = await (await officer.Get("/officer/roster")).Press("预览", ("工会", union.Name),
            ("名册文件", new Upload(name, Encoding.UTF8.GetBytes(content), "application/octet-stream")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(told, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_on_a_roster_are_one_line_of_what_can_be_seen()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        await (await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,\"张\u200b三\u202e\"\n")).Press("确认导入");
        Assert.Equal("张三", await App.Scalar<string>("select name from roster_entries"));
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        const string file = "卡号,姓名\nAB-0001,张三\n";
        await (await PreviewAsync(officer, union, file)).Press("确认导入");
        var again = await PreviewAsync(officer, union, file);
        Assert.Contains("无需导入", again.Text, StringComparison.Ordinal);
        Assert.Equal("1", Fact(again, "无变化"));
    }

    [Fact]
    public async Task Columns_are_called_as_the_file_calls_them()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var shown = await PreviewAsync(officer, union, "会员姓名,工会卡号\n,AB-0001\n李四,!\n");
        Assert.Equal(["会员姓名", "工会卡号"], shown.All("tbody tr").Select(r => r.Children[1].TextContent.Trim()));
    }

    [Theory]
    [InlineData("卡号,姓名,会员姓名\nAB-0001,张三,李四\n", "“姓名”（第 2 列）和“会员姓名”（第 3 列）")]
    [InlineData("工会卡号,卡号,姓名\nAB-0001,AB-0002,张三\n", "“工会卡号”（第 1 列）和“卡号”（第 2 列）")]
    [InlineData("卡号,姓名,姓名\nAB-0001,张三,李四\n", "“姓名”（第 2 列）和“姓名”（第 3 列）")]
    [InlineData("卡号,姓名,工会,所在工会\nAB-0001,张三,,\n", "“工会”（第 3 列）和“所在工会”（第 4 列）")]
    public async Task Two_columns_that_could_both_be_meant_are_named_and_none_is_taken(string file, string told)
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var refused = await PreviewAsync(officer, union, file);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(told, refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.Query(db => db.Set<RosterUpload>().CountAsync()));
    }

    [Fact]
    public async Task An_officer_of_several_unions_has_to_say_which_one_the_roster_is_of()
    {
        var (first, user) = (await App.Make.GrassrootsUnion("东城小学工会"), await App.Make.User(roles: VenueBooking.Accounts.Roles.UnionOfficer));
        var second = await App.Make.GrassrootsUnion("西城小学工会");
        foreach (var union in new[] { first, second })
            await App.Execute("insert into union_officers (user_id, union_id) values ($1, $2)", user.Id, union.Id);
        var form = await (await App.SignedInAs(user)).Get("/officer/roster");
        var choice = form.One("select[name=UnionId]");
        Assert.True(choice.HasAttribute("required"));
        Assert.Equal(["", first.Id.ToString(), second.Id.ToString()], choice.Children.Select(o => o.GetAttribute("value")));

        var refused = await form.Press("预览", ("名册文件", Csv("卡号,姓名\nAB-0001,张三\n")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请选择一个有效的基层工会", refused.Text, StringComparison.Ordinal);
        Assert.Equal("1", Fact(await refused.Press("预览", ("工会", second.Name), ("名册文件", Csv("卡号,姓名\nAB-0001,张三\n"))), "新增"));
    }

    [Fact]
    public async Task One_wrong_row_and_none_goes_in_and_every_fault_is_named_by_row_and_column()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var shown = await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,张三\n!,李四\nAB-0001,王五\nAB-0004,\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.Status);
        var rows = shown.All("tbody tr").Select(r => string.Join("|", r.Children.Select(c => c.TextContent.Trim()))).ToList();
        Assert.Equal(3, rows.Count);
        Assert.StartsWith("3|卡号|", rows[0], StringComparison.Ordinal);
        Assert.Equal("4|卡号|卡号与第 2 行重复。", rows[1]);
        Assert.StartsWith("5|姓名|", rows[2], StringComparison.Ordinal);
        Assert.Equal(0, await Entries());
    }

    [Fact]
    public async Task A_row_that_the_file_gives_to_another_union_than_the_chosen_one_is_an_error()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var foreign = await App.Make.GrassrootsUnion("南城机械厂工会");
        var shown = await PreviewAsync(officer, union, $"工会,卡号,姓名\n{union.Name},AB-0001,张三\n{foreign.Name},AB-0002,李四\n没有的工会,AB-0003,王五\n,AB-0004,\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, shown.Status);
        var rows = shown.All("tbody tr").Select(r => string.Join("|", r.Children.Select(c => c.TextContent.Trim()))).ToList();
        Assert.Equal(4, rows.Count);
        Assert.Equal($"3|工会|这一行写的工会是“南城机械厂工会”，不是所选的“{union.Name}”。", rows[0]);
        Assert.StartsWith("4|工会|这一行写的工会是“没有的工会”", rows[1], StringComparison.Ordinal);
        Assert.Contains(rows, r => r.StartsWith("5|工会|这一行没有写工会", StringComparison.Ordinal));
        Assert.Equal(0, await App.Query(db => db.Set<RosterUpload>().CountAsync()));

        await (await PreviewAsync(officer, union, $"工会,卡号,姓名\n{union.Name},AB-0001,张三\n")).Press("确认导入");
        Assert.Equal(1, await Entries());
    }

    [Fact]
    public async Task Who_is_not_on_a_complete_roster_loses_the_coming_bookings_and_the_preview_says_so()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        await App.Make.RosterEntry(union, "张三", "AB-0001");
        var leaving = await App.Make.UnverifiedWorker(union, "张三", "AB-0001");
        await App.Execute("update memberships set state = 'verified', verified_at = now(), verified_how = 'roster' where user_id = $1", leaving.Id);
        var booking = await App.Make.Booking(member: leaving);
        var shown = await PreviewAsync(officer, union, "卡号,姓名\nAB-0002,李四\n", complete: true);
        Assert.Equal("1", Fact(shown, "将取消的预约"));

        Assert.Contains("终止会员 1", (await shown.Press("确认导入")).Document.Body!.TextContent, StringComparison.Ordinal);

        Assert.Equal(MembershipState.Ended, await StateOf(leaving.Id));
        Assert.Equal(leaving.Id, await App.Scalar<Guid>("select subject_id from audit_entries where action = 'membership.end'"));
        Assert.Equal("cancelled", await App.Scalar<string>("select state from bookings where id = $1", booking.Id));
    }

    [Fact]
    public async Task A_roster_verifies_those_who_asked_with_the_same_card_and_name_and_tells_them()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var waiting = await App.Make.UnverifiedWorker(union, "张三", "AB-0001");
        var other = await App.Make.UnverifiedWorker(union, "李四", "AB-0002");
        await (await PreviewAsync(officer, union, "姓名,卡号\n张三,ab-0001\n李思,AB-0002\n")).Press("确认导入");
        Assert.Equal(MembershipState.Verified, await StateOf(waiting.Id));
        Assert.Equal(MembershipState.Unverified, await StateOf(other.Id));
        Assert.Equal(1, await App.Query(db => db.Set<VenueBooking.Notices.Notice>().CountAsync(n => n.RecipientId == waiting.Id && n.Kind == "membership_verified")));
    }

    [Fact]
    public async Task A_roster_verifies_nobody_with_a_card_that_a_verified_member_holds()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        await App.Make.RosterEntry(union, "张三", "AB-0001");
        var holder = await App.Make.User("张三");
        await (await (await App.SignedInAs(holder)).Get("/account/membership")).Submit(("姓名", "张三"), ("会员卡号", "AB-0001"));
        var second = await App.Make.UnverifiedWorker(union, "张三", "AB-0001");
        await (await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,张三\nAB-0002,李四\n")).Press("确认导入");
        Assert.Equal(MembershipState.Verified, await StateOf(holder.Id));
        Assert.Equal(MembershipState.Unverified, await StateOf(second.Id));
        Assert.Equal(2, await Entries());
    }

    [Fact]
    public async Task Who_is_not_on_a_complete_roster_any_more_leaves_the_union()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        await (await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,张三\nAB-0002,李四\n")).Press("确认导入");
        var member = await App.Make.UnverifiedWorker(union, "李四", "AB-0002");
        await (await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,张三\nAB-0002,李四\n")).Press("确认导入");
        Assert.Equal(MembershipState.Verified, await StateOf(member.Id));
        await (await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,张三\n", complete: true)).Press("确认导入");
        Assert.Equal(MembershipState.Ended, await StateOf(member.Id));
    }

    [Fact]
    public async Task A_card_on_another_unions_roster_is_named_with_that_union()
    {
        var (union, officer) = await UnionAndOfficerAsync();
        var other = await App.Make.GrassrootsUnion("南城机械厂工会");
        await App.Make.RosterEntry(other, "张三", "AB-0001");
        var shown = await PreviewAsync(officer, union, "卡号,姓名\nAB-0001,张三\n");
        Assert.Contains("南城机械厂工会", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_imports_for_their_own_unions_only()
    {
        var (_, officer) = await UnionAndOfficerAsync();
        var foreign = await App.Make.GrassrootsUnion();
        var page = await officer.Get("/officer/roster");
        var answer = await officer.Post("/officer/roster",
            ("UnionId", foreign.Id.ToString()), ("__RequestVerificationToken", page.One("form[enctype] input[name=__RequestVerificationToken]").GetAttribute("value")!));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [Fact]
    public async Task A_file_of_several_unions_goes_in_by_command_whole_or_not_at_all()
    {
        var (first, second) = (await App.Make.GrassrootsUnion("东城小学工会"), await App.Make.GrassrootsUnion("西城小学工会"));
        Assert.False((await ImportAsync($"工会,卡号,姓名\n{first.Name},AB-0001,张三\n没有的工会,AB-0002,李四\n")).Done);
        Assert.Equal(0, await Entries());
        Assert.True((await ImportAsync($"工会,卡号,姓名\n{first.Name},AB-0001,张三\n{second.Name},AB-0002,李四\n")).Done);
        Assert.Equal(2, await Entries());
    }

    async Task<(bool Done, IReadOnlyList<string> Lines)> ImportAsync(string csv)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var import = scope.ServiceProvider.GetServices<VenueBooking.Startup.IImport>().Single(i => i.Kind == "roster");
        return await import.RunAsync(VenueBooking.Web.Tables.TableReader.Read(Encoding.UTF8.GetBytes(csv)).Value!, CancellationToken.None);
    }

    async Task<(Union Union, Visitor Officer)> UnionAndOfficerAsync()
    {
        var union = await App.Make.GrassrootsUnion();
        return (union, await App.SignedInAs(await App.Make.Officer(union)));
    }

    static async Task<WebPage> PreviewAsync(Visitor officer, Union union, string csv, bool complete = false) =>
        await (await officer.Get("/officer/roster")).Press("预览", ("工会", union.Name), ("名册文件", Csv(csv)), ("这是完整名册", complete));

    static string Fact(WebPage page, string label) =>
        page.All("dt").Single(d => d.TextContent.Trim() == label).NextElementSibling!.TextContent.Trim();

    Task<int> Entries() => App.Query(db => db.Set<RosterEntry>().CountAsync());

    Task<MembershipState> StateOf(Guid user) => App.Query(db => db.Set<Membership>().Where(m => m.UserId == user).Select(m => m.State).SingleAsync());
}
